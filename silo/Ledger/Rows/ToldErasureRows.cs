using Gantral.Abstractions.Vocabulary;
using Npgsql;
using NpgsqlTypes;

namespace Gantral.Silo.Ledger.Rows;

/// <summary>Instances of which something was erased, for every silo that has one of them in memory.</summary>
internal sealed class ToldErasureRows(Instant now) : IRows
{
    private const string Insert =
        """
        INSERT INTO erasure (log_id, at, position, instance_id)
        SELECT $1, $2, position, instance_id
        FROM unnest($3, $4) AS erased (position, instance_id)
        """;

    private readonly List<long> _positions = [];
    private readonly List<Guid> _ids = [];

    public int Count => _ids.Count;

    /// <summary>Adds an instance, once for each commit.</summary>
    public void Add(long position, Guid instanceId)
    {
        _positions.Add(position);
        _ids.Add(instanceId);
    }

    public NpgsqlBatchCommand Statement(short logId) => new(Insert)
    {
        Parameters =
        {
            Parameter.Of(logId),
            Parameter.Of(now.ToDateTimeOffset().UtcDateTime),
            Parameter.Column(_positions, NpgsqlDbType.Bigint),
            Parameter.Column(_ids, NpgsqlDbType.Uuid),
        },
    };
}
