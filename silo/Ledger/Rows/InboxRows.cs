using Gantral.Abstractions.Authority;
using Npgsql;
using NpgsqlTypes;

namespace Gantral.Silo.Ledger.Rows;

/// <summary>Instances that wait for a person, from now on.</summary>
internal sealed class InboxRows : IRows
{
    // An array of arrays would have to be square; one text each, split again over there, need not.
    private const char Separator = '\u001f';

    private const string Write =
        """
        INSERT INTO inbox (log_id, instance_id, since, decide_by, owning_team_id, step, eligible_approver_roles)
        SELECT $1, instance_id, since, decide_by, owning_team_id, step, string_to_array(roles, E'\u001f')
        FROM unnest($2, $3, $4, $5, $6, $7) AS waiting (instance_id, since, decide_by, owning_team_id, step, roles)
        ON CONFLICT (log_id, instance_id) DO UPDATE
        SET since = excluded.since, decide_by = excluded.decide_by, step = excluded.step, eligible_approver_roles = excluded.eligible_approver_roles
        """;

    private readonly List<Guid> _ids = [];
    private readonly List<DateTime> _since = [];
    private readonly List<DateTime?> _decideBy = [];
    private readonly List<string> _teams = [];
    private readonly List<string?> _steps = [];
    private readonly List<string> _roles = [];

    public int Count => _ids.Count;

    public void Add(Instance instance)
    {
        var pending = instance.Pending!;
        _ids.Add(instance.InstanceId);
        _since.Add(pending.Since.ToDateTimeOffset().UtcDateTime);
        _decideBy.Add(pending.Request.DecideBy?.ToDateTimeOffset().UtcDateTime);
        _teams.Add(instance.Binding.OwningTeamId);
        _steps.Add(pending.Request.Step);
        _roles.Add(string.Join(Separator, pending.Request.EligibleApproverRoles));
    }

    public NpgsqlBatchCommand Statement(short logId) => new(Write)
    {
        Parameters =
        {
            Parameter.Of(logId),
            Parameter.Column(_ids, NpgsqlDbType.Uuid),
            Parameter.Column(_since, NpgsqlDbType.TimestampTz),
            Parameter.Column(_decideBy, NpgsqlDbType.TimestampTz),
            Parameter.Column(_teams, NpgsqlDbType.Text),
            Parameter.Column(_steps, NpgsqlDbType.Text),
            Parameter.Column(_roles, NpgsqlDbType.Text),
        },
    };
}
