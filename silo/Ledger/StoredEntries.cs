using System.Collections.Immutable;
using Gantral.Abstractions.Authority;
using Gantral.Abstractions.Evidence;
using Gantral.Abstractions.Vocabulary;
using Gantral.Evidence.Entries;
using Gantral.Evidence.Json;
using Gantral.Evidence.Log;
using Gantral.Silo.Json;
using Npgsql;

namespace Gantral.Silo.Ledger;

/// <summary>Entries as they come from the database: a row for each private field, and one where there is none.</summary>
internal static class StoredEntries
{
    /// <summary>Puts the rows of each entry together.</summary>
    /// <param name="rows">Position, bytes, and the name, salt, value and hash of a private field (the hash alone once it is erased); those of one entry follow each other.</param>
    /// <param name="placeColumn">The column that says for whom a row is, if it is asked for several at once.</param>
    public static async IAsyncEnumerable<(long Place, PlacedEntry Entry)> ReadAsync(NpgsqlDataReader rows, int? placeColumn = null)
    {
        var (last, bytes) = ((Place: 0L, Position: -1L), Array.Empty<byte>());
        var payload = ImmutableArray.CreateBuilder<PrivateField>();
        var erased = ImmutableSortedDictionary.CreateBuilder<string, Digest>(StringComparer.Ordinal);
        while (await rows.ReadAsync())
        {
            var next = (placeColumn is { } column ? rows.GetInt64(column) : 0, rows.GetInt64(0));
            if (next != last)
            {
                if (last.Position >= 0)
                {
                    yield return (last.Place, new PlacedEntry(last.Position, Seal(bytes, payload)) { Erased = erased.ToImmutable() });
                }

                (last, bytes) = (next, rows.GetFieldValue<byte[]>(1));
                payload.Clear();
                erased.Clear();
            }

            if (!rows.IsDBNull(5))
            {
                erased.Add(rows.GetString(2), new Digest(rows.GetFieldValue<byte[]>(5)));
            }
            else if (!rows.IsDBNull(2))
            {
                payload.Add(new PrivateField(rows.GetString(2), rows.GetFieldValue<byte[]>(3), CanonicalJson.FromStorage(rows.GetFieldValue<byte[]>(4))));
            }
        }

        if (last.Position >= 0)
        {
            yield return (last.Place, new PlacedEntry(last.Position, Seal(bytes, payload)) { Erased = erased.ToImmutable() });
        }
    }

    private static SealedEntry Seal(byte[] bytes, ImmutableArray<PrivateField>.Builder payload) =>
        new(Read(bytes), CanonicalJson.FromStorage(bytes), TreeHash.Leaf(bytes), payload.ToImmutable());

    // What a later release writes is not damaged: only this one cannot judge it, and must not go on as if it were not there.
    private static Entry Read(byte[] bytes) =>
        EntryReader.TryRead(bytes, out var entry, out var fault) ? entry
        : fault.UnknownFormat || IsOfUnknownType(bytes) ? throw new LaterEntryException($"The log holds an entry of a later release than this silo: {fault.Reason}")
        : throw new InvalidDataException($"A stored entry cannot be read: {fault.Reason}.");

    private static bool IsOfUnknownType(byte[] bytes) =>
        JsonFields.Of(CanonicalJson.FromStorage(bytes))?.Find("type")?.Text() is { } type && !WireName.TryParse<EventType>(type, out _);
}
