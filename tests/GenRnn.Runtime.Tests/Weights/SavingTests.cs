using System;
using System.IO;
using System.Linq;
using GenRnn.CompilerServices;
using Xunit;

namespace GenRnn.Runtime.Tests;

/// <summary>What saving does to the file system around its target.</summary>
public sealed class SavingTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("gen-saving-");
    private readonly ModelCore<float> _core = Models.Core(Models.Small());

    private string Target => Path.Combine(_folder.FullName, "model.safetensors");

    public void Dispose() => _folder.Delete(recursive: true);

    [Theory]
    [InlineData(UnixFileMode.UserRead | UnixFileMode.UserWrite)]
    [InlineData(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.OtherRead | UnixFileMode.OtherWrite)]
    [InlineData(UnixFileMode.UserRead)]
    public void Permissions_of_the_target_stay(UnixFileMode mode)
    {
        if (OperatingSystem.IsWindows())
            return;
        File.WriteAllText(Target, "an older file");
        File.SetUnixFileMode(Target, mode);
        _core.Save(Target);
        Assert.Equal(mode, File.GetUnixFileMode(Target));
        _core.LoadFrom(Target);
    }

    [Fact]
    public void A_symbolic_link_stays_one()
    {
        if (OperatingSystem.IsWindows())
            return;
        string store = _folder.CreateSubdirectory("store").FullName, behind = Path.Combine(store, "version-1");
        string middle = Path.Combine(_folder.FullName, "middle");
        File.WriteAllText(behind, "an older file");
        File.CreateSymbolicLink(middle, Path.Combine("store", "version-1"));
        File.CreateSymbolicLink(Target, middle);
        _core.Save(Target);
        Assert.Equal(middle, new FileInfo(Target).LinkTarget);
        Models.Core(Models.Small()).LoadFrom(behind);
        Models.Core(Models.Small()).LoadFrom(Target);
        Assert.Equal([behind], Directory.GetFiles(store));
    }

    [Fact]
    public void A_link_to_nothing_is_written_through()
    {
        if (OperatingSystem.IsWindows())
            return;
        string behind = Path.Combine(_folder.FullName, "not-yet");
        File.CreateSymbolicLink(Target, behind);
        Assert.Contains("not-yet", Assert.Throws<FileNotFoundException>(() => _core.LoadFrom(Target)).Message, StringComparison.Ordinal);
        _core.Save(Target);
        Assert.NotNull(new FileInfo(Target).LinkTarget);
        Models.Core(Models.Small()).LoadFrom(behind);
    }

    [Fact]
    public void What_dead_processes_left_goes_and_what_is_being_written_stays()
    {
        string stale = Path.Combine(_folder.FullName, ".model.safetensors.abcdefgh.gen.tmp"), live = Path.Combine(_folder.FullName, ".model.safetensors.ijklmnop.gen.tmp");
        string[] others =
        [
            Path.Combine(_folder.FullName, ".other.safetensors.abcdefgh.gen.tmp"),
            Path.Combine(_folder.FullName, ".model.safetensors.abcdefgh.tmp"),
            Path.Combine(_folder.FullName, ".model.safetensors.more.abcdefgh.gen.tmp"),
        ];
        foreach (string path in others.Append(stale))
            File.WriteAllText(path, "half a file");
        using (new FileStream(live, FileMode.CreateNew, FileAccess.Write, FileShare.None))
        {
            _core.Save(Target);
            Assert.False(File.Exists(stale));
            Assert.True(File.Exists(live));
            Assert.All(others, path => Assert.True(File.Exists(path), path));
        }

        _core.Save(Target);
        Assert.False(File.Exists(live));
    }

    [Fact]
    public void The_temporary_file_is_called_after_the_target_and_lies_beside_it()
    {
        using var file = new AtomicFile(Target);
        string temporary = Path.GetFileName(Assert.Single(Directory.GetFiles(_folder.FullName)));
        Assert.StartsWith(".model.safetensors.", temporary, StringComparison.Ordinal);
        Assert.EndsWith(".gen.tmp", temporary, StringComparison.Ordinal);
    }

    [Fact]
    public void A_name_as_long_as_a_file_system_allows_can_be_saved()
    {
        string path = Path.Combine(_folder.FullName, new string('n', 255));
        _core.Save(path);
        Assert.Equal([path], Directory.GetFiles(_folder.FullName));
    }

    [Fact]
    public void A_missing_folder_is_said_so_with_the_target()
    {
        string path = Path.Combine(_folder.FullName, "none", "x.safetensors");
        string message = Assert.Throws<DirectoryNotFoundException>(() => _core.Save(path)).Message;
        Assert.Contains(path, message, StringComparison.Ordinal);
        Assert.Contains("does not exist", message, StringComparison.Ordinal);
        Assert.DoesNotContain(".tmp", message, StringComparison.Ordinal);
    }

    [Fact]
    public void Several_that_save_at_once_leave_one_whole_file()
    {
        System.Threading.Tasks.Parallel.For(0, 64, _ => Models.Core(Models.Small()).Save(Target));
        _core.LoadFrom(Target);
        Assert.Equal([Target], Directory.GetFiles(_folder.FullName));
    }

    [Fact]
    public void Streams_hold_files_one_after_the_other()
    {
        ModelCore<float> first = Models.Core(Models.Small()), second = Models.Core(Models.Small());
        first.Initialize(1);
        second.Initialize(2);
        var stream = new MemoryStream();
        stream.Write("in front"u8);
        first.Save(stream);
        second.Save(stream);
        stream.Write("behind"u8);

        foreach (Stream source in new Stream[] { new MemoryStream(stream.ToArray()), new Pipe(stream.ToArray()) })
        {
            source.ReadExactly(new byte[8]);
            ModelCore<float> loaded = Models.Core(Models.Small());
            loaded.Load(source);
            Assert.Equal(first.Parameters.ToArray(), loaded.Parameters.ToArray());
            loaded.LoadFrom(source);
            Assert.Equal(second.Parameters.ToArray(), loaded.Parameters.ToArray());
            Assert.Equal(2 * second.Parameters[0], loaded.Panels);
            Assert.Equal("behind", new StreamReader(source).ReadToEnd());
        }
    }

    [Fact]
    public void Bytes_are_a_file_and_nothing_behind_it()
    {
        _core.Initialize(1);
        var stream = new MemoryStream();
        _core.Save(stream);
        _core.Save(Target);
        Assert.Equal(File.ReadAllBytes(Target), stream.ToArray());
        ModelCore<float> loaded = Models.Core(Models.Small());
        loaded.Load(stream.ToArray());
        Assert.Equal(_core.Parameters.ToArray(), loaded.Parameters.ToArray());
        for (int length = 0; length < stream.Length; length++)
        {
            byte[] cut = stream.ToArray()[..length];
            Assert.Throws<InvalidDataException>(() => loaded.LoadFrom(cut));
            Assert.Throws<InvalidDataException>(() => loaded.LoadFrom(new MemoryStream(cut)));
            Assert.Throws<InvalidDataException>(() => loaded.LoadFrom(new Pipe(cut)));
        }

        Assert.Throws<InvalidDataException>(() => loaded.LoadFrom([.. stream.ToArray(), 0]));
        Assert.Equal(_core.Parameters.ToArray(), loaded.Parameters.ToArray());
    }

    [Fact]
    public void A_refused_file_changes_nothing_and_a_swap_leaves_old_spans_alone()
    {
        _core.Initialize(1);
        ReadOnlySpan<float> before = _core.Parameters;
        float[] old = before.ToArray();
        ref float panel = ref _core.Panels;
        ModelCore<float> other = Models.Core(Models.Small());
        other.Initialize(2);
        other.Save(Target);
        _core.LoadFrom(Target);
        Assert.Equal(old, before.ToArray());
        Assert.Equal(2 * old[0], panel);
        Assert.Equal(other.Parameters.ToArray(), _core.Parameters.ToArray());
        Assert.Equal(2 * other.Parameters[0], _core.Panels);
    }

    /// <summary>A stream that cannot be searched and gives a few bytes at a time.</summary>
    private sealed class Pipe(byte[] bytes) : Stream
    {
        private readonly MemoryStream _bytes = new(bytes);

        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => throw new NotSupportedException();

        public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

        public override int Read(byte[] buffer, int offset, int count) => _bytes.Read(buffer, offset, Math.Min(count, 5));

        public override void Flush()
        {
        }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}
