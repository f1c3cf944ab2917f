using Gantral.Abstractions.Definitions;
using Gantral.Abstractions.Vocabulary;
using Npgsql;

namespace Gantral.Silo.Webhooks;

/// <summary>A subscription as its row has it.</summary>
internal static class SubscriptionRows
{
    /// <summary>The columns, in the order in which they are read.</summary>
    public const string Columns = "subscription_id, owning_team_id, created_by, format, url, secret, entry_types, workflow_id, created_at, disabled_at";

    /// <summary>How many there are.</summary>
    public const int Count = 10;

    public static Subscription Read(NpgsqlDataReader rows) => new()
    {
        SubscriptionId = rows.GetGuid(0),
        OwningTeamId = rows.GetString(1),
        CreatedBy = rows.GetString(2),
        Format = WireName.TryParse<SubscriptionFormat>(rows.GetString(3), out var format) ? format : throw new InvalidOperationException($"'{rows.GetString(3)}' is a format of a later release."),
        Url = rows.IsDBNull(4) ? null : rows.GetString(4),
        Secret = SecretReference.TryParse(rows.GetString(5), out var secret) ? secret : throw new InvalidOperationException("A subscription refers to no secret."),
        EntryTypes = [.. rows.GetFieldValue<string[]>(6)],
        WorkflowId = rows.IsDBNull(7) ? null : rows.GetString(7),
        CreatedAt = Instant.From(rows.GetFieldValue<DateTimeOffset>(8)),
        DisabledAt = rows.IsDBNull(9) ? null : Instant.From(rows.GetFieldValue<DateTimeOffset>(9)),
    };
}
