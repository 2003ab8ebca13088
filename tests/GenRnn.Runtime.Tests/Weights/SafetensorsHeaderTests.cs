using System.Text;
using Xunit;

namespace GenRnn.Runtime.Tests;

public sealed class SafetensorsHeaderTests
{
    // The header of a file that the reference library wrote from a PyTorch module (12 units, 3 inputs, a linear head).
    private const string Reference =
        """
        {"head.bias":{"dtype":"F32","shape":[3],"data_offsets":[0,12]},"head.weight":{"dtype":"F32","shape":[3,12],"data_offsets":[12,156]},"rnn.bias_hh_l0":{"dtype":"F32","shape":[12],"data_offsets":[156,204]},"rnn.bias_ih_l0":{"dtype":"F32","shape":[12],"data_offsets":[204,252]},"rnn.weight_hh_l0":{"dtype":"F32","shape":[12,12],"data_offsets":[252,828]},"rnn.weight_ih_l0":{"dtype":"F32","shape":[12,3],"data_offsets":[828,972]}}
        """;

    [Fact]
    public void A_header_of_the_reference_library_is_read_and_written_back_byte_for_byte()
    {
        string padded = Reference.PadRight((Reference.Length + 7) / 8 * 8);
        SafetensorsHeader header = SafetensorsHeader.Parse(Encoding.UTF8.GetBytes(padded), 972);
        Assert.Equal(6, header.Entries.Count);
        Assert.Equal([12L, 3L], header.Entries["rnn.weight_ih_l0"].Shape);
        Assert.Equal(padded, Encoding.UTF8.GetString(header.ToBytes()));
    }

    [Fact]
    public void Scalars_and_empty_tensors_are_legal()
    {
        const string Json = """{"empty":{"dtype":"F32","shape":[0,4],"data_offsets":[0,0]},"one":{"dtype":"F32","shape":[],"data_offsets":[0,4]}}""";
        SafetensorsHeader header = SafetensorsHeader.Parse(Encoding.UTF8.GetBytes(Json), 4);
        Assert.Empty(header.Entries["one"].Shape);
        Assert.Empty(SafetensorsHeader.Parse("{}"u8, 0).Entries);
    }
}
