using Gantral.Abstractions.Evidence;
using Npgsql;
using NpgsqlTypes;

namespace Gantral.Silo.Ledger.Rows;

/// <summary>Delegations that were granted.</summary>
internal sealed class DelegationRows : IRows
{
    private const string Insert =
        """
        INSERT INTO delegation (log_id, subject, delegation_id, granted_at, until, owning_team_id, role, grantor_id, grantor_issuer, delegate_id, delegate_issuer)
        SELECT $1, delegations.*
        FROM unnest($2, $3, $4, $5, $6, $7, $8, $9, $10, $11) AS delegations
        """;

    private readonly List<Guid> _subjects = [];
    private readonly List<Guid> _ids = [];
    private readonly List<DateTime> _grantedAt = [];
    private readonly List<DateTime> _until = [];
    private readonly List<string> _teams = [];
    private readonly List<string> _roles = [];
    private readonly List<string> _grantors = [];
    private readonly List<string> _grantorIssuers = [];
    private readonly List<string> _delegates = [];
    private readonly List<string> _delegateIssuers = [];

    public int Count => _ids.Count;

    public void Add(Entry granted)
    {
        var grant = granted.Delegation!;
        _subjects.Add(SubjectKey.Of(granted.Subject));
        _ids.Add(Guid.ParseExact(granted.Subject.Id, "D"));
        _grantedAt.Add(granted.At.ToDateTimeOffset().UtcDateTime);
        _until.Add(grant.Until.ToDateTimeOffset().UtcDateTime);
        _teams.Add(granted.OwningTeamId!);
        _roles.Add(grant.Role);
        _grantors.Add(granted.Actor.Id);
        _grantorIssuers.Add(granted.Actor.Issuer);
        _delegates.Add(grant.To.Id);
        _delegateIssuers.Add(grant.To.Issuer);
    }

    public NpgsqlBatchCommand Statement(short logId) => new(Insert)
    {
        Parameters =
        {
            Parameter.Of(logId),
            Parameter.Column(_subjects, NpgsqlDbType.Uuid),
            Parameter.Column(_ids, NpgsqlDbType.Uuid),
            Parameter.Column(_grantedAt, NpgsqlDbType.TimestampTz),
            Parameter.Column(_until, NpgsqlDbType.TimestampTz),
            Parameter.Column(_teams, NpgsqlDbType.Text),
            Parameter.Column(_roles, NpgsqlDbType.Text),
            Parameter.Column(_grantors, NpgsqlDbType.Text),
            Parameter.Column(_grantorIssuers, NpgsqlDbType.Text),
            Parameter.Column(_delegates, NpgsqlDbType.Text),
            Parameter.Column(_delegateIssuers, NpgsqlDbType.Text),
        },
    };
}
