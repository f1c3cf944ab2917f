using Gantral.Abstractions.Evidence;
using Npgsql;
using NpgsqlTypes;

namespace Gantral.Silo.Ledger.Rows;

/// <summary>Where decisions are.</summary>
internal sealed class DecisionRows : IRows
{
    private const string Insert =
        """
        INSERT INTO decision (log_id, decision_id, instance_id, sequence)
        SELECT $1, decisions.*
        FROM unnest($2, $3, $4) AS decisions
        """;

    private readonly List<Guid> _ids = [];
    private readonly List<Guid> _instances = [];
    private readonly List<long> _sequences = [];

    public int Count => _ids.Count;

    public void Add(Entry decided)
    {
        _ids.Add(decided.Decision!.DecisionId);
        _instances.Add(SubjectKey.Of(decided.Subject));
        _sequences.Add(decided.Sequence);
    }

    public NpgsqlBatchCommand Statement(short logId) => new(Insert)
    {
        Parameters =
        {
            Parameter.Of(logId),
            Parameter.Column(_ids, NpgsqlDbType.Uuid),
            Parameter.Column(_instances, NpgsqlDbType.Uuid),
            Parameter.Column(_sequences, NpgsqlDbType.Bigint),
        },
    };
}
