using Gantral.Abstractions.Evidence;
using Npgsql;
using NpgsqlTypes;

namespace Gantral.Silo.Ledger.Rows;

/// <summary>Delegations that ended early.</summary>
internal sealed class RevokedRows : IRows
{
    private const string Update =
        """
        UPDATE delegation SET revoked_at = revoked.at
        FROM unnest($2, $3) AS revoked (subject, at)
        WHERE delegation.log_id = $1 AND delegation.subject = revoked.subject
        """;

    private readonly List<Guid> _subjects = [];
    private readonly List<DateTime> _at = [];

    public int Count => _subjects.Count;

    public void Add(Entry revoked)
    {
        _subjects.Add(SubjectKey.Of(revoked.Subject));
        _at.Add(revoked.At.ToDateTimeOffset().UtcDateTime);
    }

    public NpgsqlBatchCommand Statement(short logId) => new(Update)
    {
        Parameters = { Parameter.Of(logId), Parameter.Column(_subjects, NpgsqlDbType.Uuid), Parameter.Column(_at, NpgsqlDbType.TimestampTz) },
    };
}
