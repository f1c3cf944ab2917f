using System.Buffers.Binary;
using Gantral.Abstractions.Vocabulary;
using Gantral.Silo.Hosting;

namespace Gantral.Silo.Ledger.Rows;

/// <summary>
/// The ids of tasks: UUIDv7 that hold the log and the position of the entry which made the work, so that a task is known
/// for as long as its entry, long after its row is gone.
/// </summary>
internal static class TaskIds
{
    /// <summary>The id of the task that an entry makes.</summary>
    public static Guid Of(int logId, long position, Instant at)
    {
        Span<byte> place = stackalloc byte[InstanceIds.RandomBytes];
        BinaryPrimitives.WriteInt64BigEndian(place, position);
        return InstanceIds.New(logId, at, place);
    }

    /// <summary>Where the entry of a task is, if the id is one of a task.</summary>
    public static (int LogId, long Position, Instant At) Read(Guid taskId)
    {
        Span<byte> bytes = stackalloc byte[16];
        taskId.TryWriteBytes(bytes, bigEndian: true, out _);
        return (InstanceIds.LogOf(taskId), (long)(BinaryPrimitives.ReadUInt64BigEndian(bytes[8..]) & 0x3fff_ffff_ffff_ffff), InstanceIds.CreatedAt(taskId));
    }
}
