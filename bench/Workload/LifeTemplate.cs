using System.Globalization;
using System.Text;
using Gantral.Abstractions.Evidence;
using Gantral.Evidence.Entries;

namespace Gantral.Bench.Workload;

/// <summary>
/// The bytes of a life with the places where another instance's id and hashes go. Sealing millions of entries anew
/// would take longer than what is to be measured; whether the bytes are right is for the verifier to say.
/// </summary>
internal sealed class LifeTemplate
{
    private const int CounterDigits = 12;

    private readonly (byte[] Bytes, int[] Ids, int PrevHash)[] _entries;

    public LifeTemplate(IReadOnlyList<SealedEntry> life)
    {
        string[] ids = [life[0].Entry.Subject.Id, .. life.Select(entry => entry.Entry.Decision).OfType<Decision>().Select(decision => decision.DecisionId.ToString("D"))];
        var spelled = ids.Select(Encoding.UTF8.GetBytes).ToList();
        _entries = [.. life.Select(entry => (entry.Bytes.Span.ToArray(), spelled.SelectMany(id => Places(entry.Bytes.Span, id)).ToArray(), PlaceOfPrevHash(entry.Bytes.Span)))];
    }

    /// <summary>How many entries the life has.</summary>
    public int Length => _entries.Length;

    /// <summary>The entry of an instance, valid until the next call.</summary>
    public ReadOnlySpan<byte> Entry(int index, long instance, Digest previous)
    {
        var (bytes, ids, prevHash) = _entries[index];
        foreach (var place in ids)
        {
            instance.TryFormat(bytes.AsSpan(place + 36 - CounterDigits, CounterDigits), out _, "d12", CultureInfo.InvariantCulture);
        }

        previous.Format(bytes.AsSpan(prevHash, 2 * Digest.Size));
        return bytes;
    }

    /// <summary>An id of the life as it is in that of an instance.</summary>
    public static Guid Id(Guid template, long instance) => Guid.ParseExact(string.Create(CultureInfo.InvariantCulture, $"{template.ToString("D")[..^CounterDigits]}{instance:d12}"), "D");

    private static int[] Places(ReadOnlySpan<byte> bytes, ReadOnlySpan<byte> id)
    {
        var places = new List<int>();
        for (var from = 0; bytes[from..].IndexOf(id) is >= 0 and var found; from += found + id.Length)
        {
            places.Add(from + found);
        }

        return [.. places];
    }

    private static int PlaceOfPrevHash(ReadOnlySpan<byte> bytes)
    {
        var name = "\"prev_hash\":\""u8;
        return bytes.IndexOf(name) + name.Length;
    }
}
