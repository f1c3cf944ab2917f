using Gantral.Abstractions.Evidence;
using Npgsql;
using NpgsqlTypes;

namespace Gantral.Silo.Ledger.Rows;

/// <summary>Private fields that a batch's redactions erase, in the transaction that records them.</summary>
internal sealed class ErasedRows : IRows
{
    private const string Erase =
        """
        UPDATE payload
        SET hash = sha256(payload.salt || payload.value), salt = NULL, value = NULL
        FROM unnest($2, $3, $4) AS erased (subject, sequence, name), entry
        WHERE entry.log_id = $1 AND entry.subject = erased.subject AND entry.sequence = erased.sequence
            AND payload.log_id = $1 AND payload.position = entry.position AND payload.name = erased.name
            AND payload.hash IS NULL
        """;

    private readonly List<Guid> _subjects = [];
    private readonly List<long> _sequences = [];
    private readonly List<string> _names = [];

    public int Count => _names.Count;

    public void Add(Guid subject, Redaction redaction)
    {
        foreach (var name in redaction.Fields)
        {
            _subjects.Add(subject);
            _sequences.Add(redaction.Sequence);
            _names.Add(name);
        }
    }

    public NpgsqlBatchCommand Statement(short logId) => new(Erase)
    {
        Parameters =
        {
            Parameter.Of(logId),
            Parameter.Column(_subjects, NpgsqlDbType.Uuid),
            Parameter.Column(_sequences, NpgsqlDbType.Bigint),
            Parameter.Column(_names, NpgsqlDbType.Text),
        },
    };
}
