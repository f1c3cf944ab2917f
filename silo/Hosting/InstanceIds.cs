using System.Buffers.Binary;
using Gantral.Abstractions.Vocabulary;

namespace Gantral.Silo.Hosting;

/// <summary>
/// The ids of instances: UUIDv7 whose twelve bits after the version hold the log, so that whoever has an id knows where
/// its entries are. The other bits are the time and chance, as in every UUIDv7.
/// </summary>
public static class InstanceIds
{
    /// <summary>The greatest id of a log that fits.</summary>
    public const int GreatestLogId = 4095;

    /// <summary>How many random bytes an id takes.</summary>
    public const int RandomBytes = 8;

    private const int Size = 16;

    /// <summary>A new id.</summary>
    /// <param name="logId">The log, from 1.</param>
    /// <param name="at">When.</param>
    /// <param name="random">Bytes that nobody can guess.</param>
    public static Guid New(int logId, Instant at, ReadOnlySpan<byte> random)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(logId, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(logId, GreatestLogId);
        Span<byte> bytes = stackalloc byte[Size];
        BinaryPrimitives.WriteInt64BigEndian(bytes, at.UnixMilliseconds << 16);
        BinaryPrimitives.WriteUInt16BigEndian(bytes[6..], (ushort)(0x7000 | logId));
        random[..RandomBytes].CopyTo(bytes[8..]);
        bytes[8] = (byte)((bytes[8] & 0x3f) | 0x80);
        return new Guid(bytes, bigEndian: true);
    }

    /// <summary>An id below those of all instances that were created at a moment or later, and above those before.</summary>
    public static Guid Before(Instant at)
    {
        Span<byte> bytes = stackalloc byte[Size];
        bytes.Clear();
        BinaryPrimitives.WriteInt64BigEndian(bytes, at.UnixMilliseconds << 16);
        return new Guid(bytes, bigEndian: true);
    }

    /// <summary>When an instance got its id.</summary>
    public static Instant CreatedAt(Guid instanceId)
    {
        Span<byte> bytes = stackalloc byte[Size];
        instanceId.TryWriteBytes(bytes, bigEndian: true, out _);
        return new Instant((long)(BinaryPrimitives.ReadUInt64BigEndian(bytes) >> 16));
    }

    /// <summary>The log of an instance; 0 for an id that was not made here.</summary>
    public static int LogOf(Guid instanceId)
    {
        Span<byte> bytes = stackalloc byte[Size];
        instanceId.TryWriteBytes(bytes, bigEndian: true, out _);
        var versionAndLog = BinaryPrimitives.ReadUInt16BigEndian(bytes[6..]);
        return versionAndLog >> 12 == 7 && bytes[8] >> 6 == 2 ? versionAndLog & GreatestLogId : 0;
    }
}
