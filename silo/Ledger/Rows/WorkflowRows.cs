using Gantral.Abstractions.Evidence;
using Gantral.Abstractions.Vocabulary;
using Npgsql;
using NpgsqlTypes;

namespace Gantral.Silo.Ledger.Rows;

/// <summary>Workflow versions that were registered.</summary>
internal sealed class WorkflowRows : IRows
{
    private const string Insert =
        """
        INSERT INTO workflow (log_id, subject, registered_at, owning_team_id, workflow_id, workflow_version, policy_version_id, materiality, mode, registered_by)
        SELECT $1, workflows.*
        FROM unnest($2, $3, $4, $5, $6, $7, $8, $9, $10) AS workflows
        """;

    private readonly List<Guid> _subjects = [];
    private readonly List<DateTime> _registeredAt = [];
    private readonly List<string> _teams = [];
    private readonly List<string> _workflows = [];
    private readonly List<string> _versions = [];
    private readonly List<string> _policies = [];
    private readonly List<string> _materialities = [];
    private readonly List<string> _modes = [];
    private readonly List<string> _registeredBy = [];

    public int Count => _subjects.Count;

    public void Add(Entry registered)
    {
        var binding = registered.Binding!;
        _subjects.Add(SubjectKey.Of(registered.Subject));
        _registeredAt.Add(registered.At.ToDateTimeOffset().UtcDateTime);
        _teams.Add(binding.OwningTeamId);
        _workflows.Add(binding.WorkflowId);
        _versions.Add(binding.WorkflowVersion);
        _policies.Add(binding.PolicyVersionId);
        _materialities.Add(WireName.Of(binding.Materiality));
        _modes.Add(WireName.Of(binding.Mode));
        _registeredBy.Add(registered.Actor.Id);
    }

    public NpgsqlBatchCommand Statement(short logId) => new(Insert)
    {
        Parameters =
        {
            Parameter.Of(logId),
            Parameter.Column(_subjects, NpgsqlDbType.Uuid),
            Parameter.Column(_registeredAt, NpgsqlDbType.TimestampTz),
            Parameter.Column(_teams, NpgsqlDbType.Text),
            Parameter.Column(_workflows, NpgsqlDbType.Text),
            Parameter.Column(_versions, NpgsqlDbType.Text),
            Parameter.Column(_policies, NpgsqlDbType.Text),
            Parameter.Column(_materialities, NpgsqlDbType.Text),
            Parameter.Column(_modes, NpgsqlDbType.Text),
            Parameter.Column(_registeredBy, NpgsqlDbType.Text),
        },
    };
}
