using System;
using System.Buffers.Binary;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Text;
using System.Threading.Tasks;
using GenRnn.CompilerServices;
using Xunit;

namespace GenRnn.Runtime.Tests;

/// <summary>Files that are no weights of a model: what is said of them, and what they may cost.</summary>
public sealed class ForeignFileTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("gen-foreign-");
    private readonly ModelCore<float> _core = Models.Core(Models.Small());

    private string Target => Path.Combine(_folder.FullName, "model.safetensors");

    public void Dispose() => _folder.Delete(recursive: true);

    [Theory]
    [InlineData("version https://git-lfs.github.com/spec/v1\noid sha256:4d7a\nsize 12345\n", "Git LFS pointer")]
    [InlineData("epoch,loss\n1,0.5\n2,0.25\n", "a text file")]
    [InlineData("{\"weights\": [1, 2, 3]}", "a text file")]
    [InlineData("<!DOCTYPE html><title>404 Not Found</title>", "web page")]
    [InlineData("\u00EF\u00BB\u00BFGr\u00FC\u00DFe, Welt", "a text file")]
    [InlineData("hi", "a text file")]
    [InlineData("PK\u0003\u0004\u0014\0\0\0\u0008\0 and the rest of it", "a zip archive")]
    [InlineData("\u0089HDF\r\n\u001A\n\0\0\0\0\0\0\0\0", "HDF5")]
    [InlineData("\u0080\u0002}q\0(X\u0005\0\0\0epoch", "pickle")]
    [InlineData("\u0080\u0004\u0095\u0005\0\0\0\0\0\0\0and so on", "pickle")]
    [InlineData("\u0093NUMPY\u0001\0v\0{'descr': '<f4'}", "NumPy")]
    [InlineData("\u001F\u008B\u0008\0\0\0\0\0\0\u0003 more", "gzip")]
    [InlineData("GGUF\u0003\0\0\0\u0002\0\0\0\0\0\0\0", "GGUF")]
    public void Other_files_are_called_by_name(string text, string expected)
    {
        byte[] bytes = Encoding.Latin1.GetBytes(text);
        File.WriteAllBytes(Target, bytes);
        string message = Assert.Throws<InvalidDataException>(() => _core.LoadFrom(Target)).Message;
        Assert.Contains(expected, message, StringComparison.Ordinal);
        Assert.Contains(Target, message, StringComparison.Ordinal);
        Assert.DoesNotContain("header length", message, StringComparison.Ordinal);
        Assert.Contains(expected, Assert.Throws<InvalidDataException>(() => _core.LoadFrom(bytes)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_no_regular_file_is_refused_before_it_is_opened()
    {
        Refused(_folder.FullName, "folder");
        File.WriteAllBytes(Target, []);
        Refused(Target, "no length");
        if (OperatingSystem.IsWindows())
            return;

        Refused("/dev/zero", "no length");
        Refused("/dev/null", "no length");
        string link = Path.Combine(_folder.FullName, "link");
        File.CreateSymbolicLink(link, "/dev/zero");
        Refused(link, "no length");
        string pipe = Path.Combine(_folder.FullName, "pipe");
        using (Process process = Process.Start("mkfifo", [pipe]))
            await process.WaitForExitAsync();
        Task load = Task.Run(() => Refused(pipe, "no length"));
        Assert.Same(load, await Task.WhenAny(load, Task.Delay(TimeSpan.FromSeconds(60))));
        await load;
    }

    /// <summary>A header of 100 MB, the format's limit, cost 1.4 GB and 14 s.</summary>
    [Fact]
    public void A_header_that_no_file_of_the_model_could_have_is_not_read()
    {
        using (FileStream stream = File.Create(Target))
        {
            Span<byte> prefix = stackalloc byte[8];
            BinaryPrimitives.WriteInt64LittleEndian(prefix, 100_000_000);
            stream.Write(prefix);
            stream.SetLength(100_000_008);
        }

        Assert.InRange(AllocatedByRefusal("header length of 100000000"), 0, 100_000);
    }

    [Fact]
    public void Memory_is_bounded_whatever_the_header_holds()
    {
        // Of what is read: the header itself, and a little.
        const long Limit = (16 << 20) + (16 << 20);
        var tensors = new StringBuilder("{");
        for (int i = 0; tensors.Length < (15 << 20); i++)
            tensors.Append(System.Globalization.CultureInfo.InvariantCulture, $"{(i == 0 ? "" : ",")}\"{i}\":{{\"dtype\":\"F32\",\"shape\":[],\"data_offsets\":[{4 * i},{4 * i + 4}]}}");
        string metadata = "\"__metadata__\":{\"format_version\":\"1\",\"architecture_hash\":\"hash-of-small\"}";
        WriteHeader(tensors + "," + metadata + "}");
        Assert.InRange(AllocatedByRefusal("table of tensors"), 0, Limit);
        WriteHeader(tensors + "," + metadata.Replace("small", "other", StringComparison.Ordinal) + "}");
        Assert.InRange(AllocatedByRefusal("architecture"), 0, Limit);

        WriteHeader("{\"__metadata__\":{" + string.Join(",", Enumerable.Range(0, 1_000_000).Select(i => $"\"{i}\":\"\"")) + "}}");
        Assert.InRange(AllocatedByRefusal("architecture_hash"), 0, 100_000_000);
        WriteHeader("{\"one\":{\"dtype\":\"F32\",\"shape\":[" + string.Join(",", Enumerable.Repeat("1", 4_000_000)) + "],\"data_offsets\":[0,4]}," + metadata + "}");
        Assert.InRange(AllocatedByRefusal("64 axes"), 0, Limit);
        WriteHeader("{\"" + new string('n', 15 << 20) + "\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4]}," + metadata + "}");
        Assert.InRange(AllocatedByRefusal("table of tensors"), 0, 3 * Limit);
    }

    [Fact]
    public void Free_text_longer_than_its_limit_is_refused()
    {
        // 16 MiB fit into the header of a model with few tensors, but 100 bytes less than the whole are too many for the free text.
        WriteHeader("{\"__metadata__\":{\"note\":\"" + new string('n', (16 << 20) + 1000) + "\"}}");
        AllocatedByRefusal("'__metadata__' is longer");
        Save("note", new string('n', (16 << 20) - 1000));
        _core.LoadFrom(Target);
    }

    [Theory]
    [InlineData("\u001b[31mred\u0007", "\\u001b[31mred\\u0007")]
    [InlineData("\u202egnp.exe", "\\u202egnp.exe")]
    [InlineData("line\r\nline", "line\\u000d\\u000aline")]
    [InlineData("Größe+α", "Größe+α")]
    public void What_a_file_says_is_quoted_harmlessly(string name, string shown)
    {
        Models.Core(Models.Small("hash-of-other") with { Name = name }).Save(Target);
        string message = Assert.Throws<InvalidDataException>(() => _core.LoadFrom(Target)).Message;
        Assert.Contains($"'{shown}'", message, StringComparison.Ordinal);
    }

    [Fact]
    public void What_a_file_says_is_cut()
    {
        Models.Core(Models.Small("hash-of-other") with { Name = new string('x', 1_000_000) }).Save(Target);
        string message = Assert.Throws<InvalidDataException>(() => _core.LoadFrom(Target)).Message;
        Assert.Contains("xxx... (1000000 characters)", message, StringComparison.Ordinal);
        Assert.InRange(message.Length, 0, 1000);
        Assert.Equal("\\ud800", ForeignText.Quote("\ud800"));
        Assert.Equal("a b", ForeignText.Quote("a b"));
        Assert.Equal("", ForeignText.Quote(null));
    }

    [Fact]
    public void Every_damaged_bit_of_the_data_is_found()
    {
        _core.Initialize(1);
        _core.Save(Target);
        byte[] bytes = File.ReadAllBytes(Target);
        int start = 8 + (int)BinaryPrimitives.ReadUInt64LittleEndian(bytes);
        for (int bit = 8 * start; bit < 8 * bytes.Length; bit++)
        {
            var damaged = (byte[])bytes.Clone();
            damaged[bit / 8] ^= (byte)(1 << (bit % 8));
            Assert.Contains("checksum", Assert.Throws<InvalidDataException>(() => _core.LoadFrom(damaged)).Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void A_file_without_a_checksum_is_loaded()
    {
        _core.Initialize(1);
        _core.Save(Target);
        byte[] bytes = File.ReadAllBytes(Target);
        int length = (int)BinaryPrimitives.ReadUInt64LittleEndian(bytes);
        string header = Encoding.UTF8.GetString(bytes, 8, length).TrimEnd();
        string without = header[..header.IndexOf(",\"crc32c\"", StringComparison.Ordinal)] + header[header.IndexOf("},", StringComparison.Ordinal)..];
        ModelCore<float> loaded = Models.Core(Models.Small());
        loaded.LoadFrom([.. BitConverter.GetBytes((long)without.Length), .. Encoding.UTF8.GetBytes(without), .. bytes[(8 + length)..]]);
        Assert.Equal(_core.Parameters.ToArray(), loaded.Parameters.ToArray());
    }

    [Theory]
    [InlineData("", "00000000")]
    [InlineData("123456789", "e3069283")] // the check value of CRC-32C
    [InlineData("The quick brown fox jumps over the lazy dog", "22620404")]
    public void Checksums_are_those_of_the_standard(string text, string expected)
    {
        for (int cut = 0; cut <= text.Length; cut++)
        {
            var checksum = new DataChecksum();
            checksum.Append(Encoding.ASCII.GetBytes(text[..cut]));
            checksum.Append(Encoding.ASCII.GetBytes(text[cut..]));
            Assert.Equal(expected, checksum.ToString());
        }
    }

    private void Refused(string path, string message)
    {
        InvalidDataException exception = Assert.Throws<InvalidDataException>(() => _core.LoadFrom(path));
        Assert.Contains(message, exception.Message, StringComparison.Ordinal);
        Assert.Contains(path, exception.Message, StringComparison.Ordinal);
    }

    private long AllocatedByRefusal(string message)
    {
        long before = GC.GetAllocatedBytesForCurrentThread();
        InvalidDataException exception = Assert.Throws<InvalidDataException>(() => _core.LoadFrom(Target));
        long allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        Assert.Contains(message, exception.Message, StringComparison.Ordinal);
        return allocated;
    }

    private void WriteHeader(string json)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(json);
        File.WriteAllBytes(Target, [.. BitConverter.GetBytes((long)bytes.Length), .. bytes]);
    }

    private void Save(string key, string value)
    {
        _core.Save(Target);
        byte[] bytes = File.ReadAllBytes(Target);
        int length = (int)BinaryPrimitives.ReadUInt64LittleEndian(bytes);
        string header = Encoding.UTF8.GetString(bytes, 8, length).Replace("{\"__metadata__\":{", $"{{\"__metadata__\":{{\"{key}\":\"{value}\",", StringComparison.Ordinal);
        File.WriteAllBytes(Target, [.. BitConverter.GetBytes((long)header.Length), .. Encoding.UTF8.GetBytes(header), .. bytes[(8 + length)..]]);
    }
}
