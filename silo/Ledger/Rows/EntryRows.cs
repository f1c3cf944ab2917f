using Gantral.Evidence.Entries;
using Npgsql;
using NpgsqlTypes;

namespace Gantral.Silo.Ledger.Rows;

/// <summary>The entries of a batch, in the order of their positions.</summary>
internal sealed class EntryRows(long firstPosition) : IRows
{
    private const string Insert =
        """
        INSERT INTO entry (log_id, position, subject, sequence, bytes)
        SELECT $1, $2 + place - 1, subject, sequence, bytes
        FROM unnest($3, $4, $5) WITH ORDINALITY AS entries (subject, sequence, bytes, place)
        """;

    private readonly List<Guid> _subjects = [];
    private readonly List<long> _sequences = [];
    private readonly List<ReadOnlyMemory<byte>> _bytes = [];

    public int Count => _bytes.Count;

    /// <summary>Adds an entry and answers its position.</summary>
    public long Add(Guid subject, SealedEntry entry)
    {
        _subjects.Add(subject);
        _sequences.Add(entry.Entry.Sequence);
        _bytes.Add(entry.Bytes.Memory);
        return firstPosition + _bytes.Count - 1;
    }

    public NpgsqlBatchCommand Statement(short logId) => new(Insert)
    {
        Parameters =
        {
            Parameter.Of(logId),
            Parameter.Of(firstPosition),
            Parameter.Column(_subjects, NpgsqlDbType.Uuid),
            Parameter.Column(_sequences, NpgsqlDbType.Bigint),
            Parameter.Column(_bytes, NpgsqlDbType.Bytea),
        },
    };
}
