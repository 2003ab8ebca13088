using System;
using System.Buffers.Binary;

namespace GenRnn;

/// <summary>Records of a TensorBoard event file, as TensorFlow 2 writes them.</summary>
/// <remarks>A record is the length of its data (8 bytes), the masked CRC-32C of those, the data (an <c>Event</c>, event.proto), and the masked CRC-32C of that; all little-endian.</remarks>
internal static class EventRecord
{
    // Fields of event.proto, summary.proto, tensor.proto and tensor_shape.proto.
    private const int WallTime = 1, Step = 2, FileVersion = 3, EventSummary = 5, SourceMetadata = 10;
    private const int Writer = 1;
    private const int SummaryValue = 1;
    private const int Tag = 1, ValueTensor = 8, ValueMetadata = 9;
    private const int PluginData = 1;
    private const int PluginName = 1;
    private const int TensorType = 1, TensorShape = 2, TensorContent = 4;
    private const int ShapeDimension = 2;
    private const int DimensionSize = 1;
    private const int TypeFloat = 1, TypeDouble = 2;

    private const int LengthBytes = sizeof(ulong), ChecksumBytes = sizeof(uint);

    /// <summary>The first record of a file.</summary>
    /// <param name="time">Seconds since 1970.</param>
    public static byte[] Version(double time) => Of(new Protobuf()
        .Double(WallTime, time)
        .Text(FileVersion, "brain.Event:2")
        .Message(SourceMetadata, new Protobuf().Text(Writer, "tensorflow.core.util.events_writer")));

    /// <summary>One number.</summary>
    /// <param name="time">Seconds since 1970.</param>
    /// <param name="step">Where it stands on the axis of steps.</param>
    /// <param name="tag">Its name.</param>
    /// <param name="value">The number, which is rounded to float.</param>
    public static byte[] Scalar(double time, long step, string tag, double value)
    {
        byte[] content = new byte[sizeof(float)];
        BinaryPrimitives.WriteSingleLittleEndian(content, (float)value);
        return Summary(time, step, tag, "scalars", new Protobuf().Number(TensorType, TypeFloat).Raw(TensorShape, []).Raw(TensorContent, content));
    }

    /// <summary>A histogram.</summary>
    /// <param name="time">Seconds since 1970.</param>
    /// <param name="step">Where it stands on the axis of steps.</param>
    /// <param name="tag">Its name.</param>
    /// <param name="buckets">Left edge, right edge and count of each bucket.</param>
    public static byte[] Histogram(double time, long step, string tag, ReadOnlySpan<double> buckets)
    {
        byte[] content = new byte[buckets.Length * sizeof(double)];
        for (int i = 0; i < buckets.Length; i++)
            BinaryPrimitives.WriteDoubleLittleEndian(content.AsSpan(i * sizeof(double)), buckets[i]);
        Protobuf shape = new Protobuf()
            .Message(ShapeDimension, new Protobuf().Number(DimensionSize, buckets.Length / 3))
            .Message(ShapeDimension, new Protobuf().Number(DimensionSize, 3));
        return Summary(time, step, tag, "histograms", new Protobuf().Number(TensorType, TypeDouble).Message(TensorShape, shape).Raw(TensorContent, content));
    }

    private static byte[] Summary(double time, long step, string tag, string plugin, Protobuf tensor) => Of(new Protobuf()
        .Double(WallTime, time)
        .Number(Step, step)
        .Message(EventSummary, new Protobuf().Message(SummaryValue, new Protobuf()
            .Text(Tag, tag)
            .Message(ValueTensor, tensor)
            .Message(ValueMetadata, new Protobuf().Message(PluginData, new Protobuf().Text(PluginName, plugin))))));

    private static byte[] Of(Protobuf message)
    {
        ReadOnlySpan<byte> data = message.Bytes;
        byte[] record = new byte[LengthBytes + ChecksumBytes + data.Length + ChecksumBytes];
        BinaryPrimitives.WriteUInt64LittleEndian(record, (ulong)data.Length);
        BinaryPrimitives.WriteUInt32LittleEndian(record.AsSpan(LengthBytes), MaskedChecksum(record.AsSpan(0, LengthBytes)));
        data.CopyTo(record.AsSpan(LengthBytes + ChecksumBytes));
        BinaryPrimitives.WriteUInt32LittleEndian(record.AsSpan(record.Length - ChecksumBytes), MaskedChecksum(data));
        return record;
    }

    // A checksum of bytes that hold checksums themselves would be weak, so TensorFlow turns and shifts it.
    private static uint MaskedChecksum(ReadOnlySpan<byte> bytes)
    {
        var checksum = new DataChecksum();
        checksum.Append(bytes);
        return unchecked((checksum.Value >> 15 | checksum.Value << 17) + 0xa282ead8);
    }
}
