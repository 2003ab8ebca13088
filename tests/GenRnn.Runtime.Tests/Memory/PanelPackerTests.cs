using System;
using GenRnn.CompilerServices;
using Xunit;

namespace GenRnn.Runtime.Tests;

public sealed class PanelPackerTests
{
    [Theory]
    [InlineData(20, 16, 8, 16)] // one full block, and 4 lanes in a granule of 8
    [InlineData(20, 16, 1, 16)]
    [InlineData(5, 4, 4, 3)]
    [InlineData(16, 16, 16, 2)]
    [InlineData(1, 12, 4, 7)]
    [InlineData(31, 8, 8, 1)]
    public void Two_sources_share_a_panel_and_pads_are_zero(int lanes, int blockLanes, int granule, int kInput)
    {
        const int KRecurrent = 5;
        int total = kInput + KRecurrent;
        float[] input = Models.Ramp(kInput * lanes);
        // The second source is stored transposed: [lane][k].
        float[] recurrent = Array.ConvertAll(Models.Ramp(KRecurrent * lanes), value => -value);
        var panel = new float[(lanes + granule) * total + 100];
        Array.Fill(panel, float.NaN);

        PanelPacker.Pack<float>(input, lanes, 1, kInput, lanes, panel, 0, total, blockLanes, granule);
        PanelPacker.Pack<float>(recurrent, 1, KRecurrent, KRecurrent, lanes, panel, kInput, total, blockLanes, granule);

        int written = 0;
        for (int first = 0; first < lanes; first += blockLanes)
        {
            int left = lanes - first;
            int width = left >= blockLanes ? blockLanes : (left + granule - 1) / granule * granule;
            for (int k = 0; k < total; k++)
            {
                for (int l = 0; l < width; l++, written++)
                {
                    int lane = first + l;
                    float expected = lane >= lanes ? 0 : k < kInput ? input[k * lanes + lane] : recurrent[lane * KRecurrent + k - kInput];
                    Assert.Equal(expected, panel[first * total + k * width + l]);
                }
            }
        }

        Assert.True(float.IsNaN(panel[written]));
    }

    [Fact]
    public void Rows_beyond_the_panel_are_refused() => Assert.Throws<ArgumentOutOfRangeException>(
        () => PanelPacker.Pack<float>(new float[8], 4, 1, 2, 4, new float[8], 1, 2, 4, 4));
}
