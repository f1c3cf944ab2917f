using Npgsql;
using NpgsqlTypes;

namespace Gantral.Silo.Ledger.Rows;

/// <summary>Instances whose row in a table of what is pending is over.</summary>
internal sealed class EndedRows(string delete) : IRows
{
    private readonly List<Guid> _ids = [];

    /// <summary>Of those that wait for a person.</summary>
    public static EndedRows OfInbox() => new("DELETE FROM inbox USING unnest($2) AS ended (instance_id) WHERE inbox.log_id = $1 AND inbox.instance_id = ended.instance_id");

    /// <summary>Of the deadlines.</summary>
    public static EndedRows OfTimers() => new("DELETE FROM timer USING unnest($2) AS ended (instance_id) WHERE timer.log_id = $1 AND timer.instance_id = ended.instance_id");

    /// <summary>Of the work for runners.</summary>
    public static EndedRows OfTasks() => new("DELETE FROM task USING unnest($2) AS ended (instance_id) WHERE task.log_id = $1 AND task.instance_id = ended.instance_id");

    public int Count => _ids.Count;

    public void Add(Guid instanceId) => _ids.Add(instanceId);

    public NpgsqlBatchCommand Statement(short logId) => new(delete) { Parameters = { Parameter.Of(logId), Parameter.Column(_ids, NpgsqlDbType.Uuid) } };
}
