using System.Buffers;
using System.Buffers.Text;
using System.Collections.Immutable;
using System.Text;
using Gantral.Silo.Hosting;

namespace Gantral.Silo.Streams;

/// <summary>
/// A place in all logs at once: of each, the position of the entry that comes next. Its text is what clients keep and
/// send back; a log that it does not name was added later, and is read from its beginning.
/// </summary>
/// <param name="Next">The positions, by the numbers of the logs.</param>
internal sealed record StreamPlace(ImmutableSortedDictionary<int, long> Next)
{
    // The first byte of the text says how the rest is to be read.
    private const byte Version = 1;

    /// <summary>The longest text that can be a place.</summary>
    public const int LongestText = 16 * 1024;

    /// <summary>The position of the entry that comes next in a log.</summary>
    public long Of(int logId) => Next.GetValueOrDefault(logId);

    /// <summary>The place after an entry.</summary>
    public StreamPlace After(int logId, long position) => new(Next.SetItem(logId, position + 1));

    /// <summary>Whether every log is at least as far as in another place.</summary>
    public bool IsAtLeast(StreamPlace other) => other.Next.All(log => Of(log.Key) >= log.Value);

    /// <inheritdoc/>
    public override string ToString() => Encoding.ASCII.GetString(Write(Next));

    /// <summary>The text of a place.</summary>
    public static byte[] Write(IReadOnlyDictionary<int, long> next)
    {
        var bytes = new ArrayBufferWriter<byte>(1 + (8 * next.Count));
        bytes.Write([Version]);
        foreach (var (log, position) in next)
        {
            WriteNumber(bytes, log);
            WriteNumber(bytes, position);
        }

        return Base64Url.EncodeToUtf8(bytes.WrittenSpan);
    }

    /// <summary>Reads the text of a place; none for any other text, also for one that says the same in another way.</summary>
    public static StreamPlace? TryRead(string text)
    {
        var bytes = new byte[Base64Url.GetMaxDecodedLength(Math.Min(text.Length, LongestText))];
        if (text.Length > LongestText || text.Any(letter => !char.IsAsciiLetterOrDigit(letter) && letter is not ('-' or '_')) || text.Length % 4 == 1
            || Base64Url.DecodeFromChars(text, bytes, out _, out var length) != OperationStatus.Done
            || length == 0 || bytes[0] != Version)
        {
            return null;
        }

        var next = ImmutableSortedDictionary.CreateBuilder<int, long>();
        for (ReadOnlySpan<byte> rest = bytes.AsSpan(1, length - 1); !rest.IsEmpty;)
        {
            if (!TryReadNumber(ref rest, out var log) || !TryReadNumber(ref rest, out var position) || log is 0 or > InstanceIds.GreatestLogId || !next.TryAdd((int)log, position))
            {
                return null;
            }
        }

        var place = new StreamPlace(next.ToImmutable());
        return place.ToString() == text ? place : null;
    }

    private static void WriteNumber(ArrayBufferWriter<byte> bytes, long number)
    {
        for (; number >= 0x80; number >>= 7)
        {
            bytes.Write([(byte)(number | 0x80)]);
        }

        bytes.Write([(byte)number]);
    }

    private static bool TryReadNumber(ref ReadOnlySpan<byte> bytes, out long number)
    {
        number = 0;
        for (var shift = 0; shift < 63 && !bytes.IsEmpty; shift += 7)
        {
            var part = bytes[0];
            bytes = bytes[1..];
            number |= (long)(part & 0x7f) << shift;
            if (part < 0x80)
            {
                return true;
            }
        }

        return false;
    }
}
