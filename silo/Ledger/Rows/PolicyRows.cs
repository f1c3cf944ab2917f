using Gantral.Abstractions.Evidence;
using Npgsql;
using NpgsqlTypes;

namespace Gantral.Silo.Ledger.Rows;

/// <summary>Policy versions that were registered.</summary>
internal sealed class PolicyRows : IRows
{
    private const string Insert =
        """
        INSERT INTO policy (log_id, subject, registered_at, owning_team_id, policy_version_id, registered_by)
        SELECT $1, policies.*
        FROM unnest($2, $3, $4, $5, $6) AS policies
        """;

    private readonly List<Guid> _subjects = [];
    private readonly List<DateTime> _registeredAt = [];
    private readonly List<string> _teams = [];
    private readonly List<string> _versions = [];
    private readonly List<string> _registeredBy = [];

    public int Count => _subjects.Count;

    public void Add(Entry registered)
    {
        _subjects.Add(SubjectKey.Of(registered.Subject));
        _registeredAt.Add(registered.At.ToDateTimeOffset().UtcDateTime);
        _teams.Add(registered.OwningTeamId!);
        _versions.Add(registered.Policy!.PolicyVersionId);
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
            Parameter.Column(_versions, NpgsqlDbType.Text),
            Parameter.Column(_registeredBy, NpgsqlDbType.Text),
        },
    };
}
