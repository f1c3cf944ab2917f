using System.Collections.Immutable;
using Gantral.Abstractions.Evidence;
using Gantral.Silo.Ledger.Rows;
using Gantral.Silo.Projections;
using Npgsql;
using NpgsqlTypes;

namespace Gantral.Silo.Reports;

/// <summary>What was spent.</summary>
/// <param name="Since">Recorded at this moment or later.</param>
/// <param name="Until">And before this one.</param>
/// <param name="Workflows">By team, workflow and currency.</param>
/// <param name="Teams">By team and currency.</param>
public sealed record CostReport(string Since, string Until, ImmutableArray<CostSum> Workflows, ImmutableArray<CostSum> Teams)
{
    private const string Sums =
        """
        SELECT owning_team_id, workflow_id, currency, sum(amount)::text, count(*)
        FROM cost
        WHERE owning_team_id = ANY ($1) AND at >= $2 AND at < $3 AND ($4::text IS NULL OR workflow_id = $4)
        GROUP BY owning_team_id, workflow_id, currency
        ORDER BY owning_team_id, workflow_id, currency
        """;

    /// <summary>Adds up what is recorded.</summary>
    public static async Task<CostReport> ReadAsync(NpgsqlDataSource source, CostScope scope)
    {
        var sums = await new Listing(source).ReadAsync(
            Sums,
            rows => new CostSum(rows.GetString(0), rows.GetString(1), rows.GetString(2), rows.GetString(3), rows.GetInt64(4)),
            Parameter.Of(scope.Teams.ToArray()),
            Parameter.Of(scope.Since.ToDateTimeOffset().UtcDateTime),
            Parameter.Of(scope.Until.ToDateTimeOffset().UtcDateTime),
            Listing.Optional(scope.WorkflowId, NpgsqlDbType.Text));
        return new CostReport(scope.Since.ToString(), scope.Until.ToString(), sums, [.. sums.GroupBy(sum => (sum.OwningTeamId, sum.Currency)).Select(Together)]);
    }

    private static CostSum Together(IEnumerable<CostSum> sums) => sums.Aggregate((one, other) => one with
    {
        Amount = new Cost(one.Currency, one.Amount).Plus(new Cost(other.Currency, other.Amount)).Amount,
        Entries = one.Entries + other.Entries,
    }) with
    { WorkflowId = null };
}
