using System.Collections.Immutable;
using Gantral.Abstractions.Authority;
using Gantral.Abstractions.Vocabulary;
using Gantral.Silo.Hosting;
using Gantral.Silo.Ledger;
using Gantral.Silo.Ledger.Rows;
using Gantral.Silo.Projections;
using Npgsql;
using NpgsqlTypes;

namespace Gantral.Silo.Reports;

/// <summary>Where reports find what they are about: a projection says which instances, and their entries say the rest.</summary>
/// <param name="source">The database.</param>
/// <param name="entries">Their entries.</param>
/// <param name="time">How long it takes.</param>
public sealed class ReportSource(NpgsqlDataSource source, EntryReads entries, TimeProvider time)
{
    private const string Instances =
        """
        SELECT instance_id FROM instance
        WHERE owning_team_id = $1 AND instance_id > $2 AND instance_id < $3
            AND ($4::text IS NULL OR workflow_id = $4)
            AND ($5::text IS NULL OR mode = $5)
        ORDER BY instance_id
        LIMIT $6
        """;

    private readonly Listing _listing = new(source);

    internal TimeProvider Time => time;

    /// <summary>The ids of a page of instances, in the order of their creation.</summary>
    internal ValueTask<ImmutableArray<Guid>> InstancesAsync(ReportScope scope, Mode? mode, Guid after, int most) => _listing.ReadAsync(
        Instances,
        rows => rows.GetGuid(0),
        Parameter.Of(scope.OwningTeamId),
        Parameter.Of(after),
        Parameter.Of(InstanceIds.Before(scope.Until)),
        Listing.Optional(scope.WorkflowId, NpgsqlDbType.Text),
        Listing.Optional(mode is { } only ? WireName.Of(only) : null, NpgsqlDbType.Text),
        Parameter.Of((long)most));

    /// <summary>Their entries, in the same order.</summary>
    internal async ValueTask<ImmutableArray<ImmutableArray<PlacedEntry>>> LivesAsync(ImmutableArray<Guid> instances) =>
        [.. await Task.WhenAll(instances.Select(id => entries.OfInstanceAsync(id, 0)))];
}
