using Npgsql;
using NpgsqlTypes;

namespace Gantral.Silo.Ledger.Rows;

/// <summary>Instances whose row in a table of what is pending is over.</summary>
internal sealed class EndedRows(string delete) : IRows
{
    private readonly List<Guid> _ids = [];

    /// <summary>Of those that wait for a person.</summary>
    public static EndedRows OfInbox() => new("DELETE FROM inbox WHERE log_id = $1 AND instance_id = ANY ($2)");

    /// <summary>Of the deadlines.</summary>
    public static EndedRows OfTimers() => new("DELETE FROM timer WHERE log_id = $1 AND instance_id = ANY ($2)");

    public int Count => _ids.Count;

    public void Add(Guid instanceId) => _ids.Add(instanceId);

    public NpgsqlBatchCommand Statement(short logId) => new(delete) { Parameters = { Parameter.Of(logId), Parameter.Column(_ids, NpgsqlDbType.Uuid) } };
}
