using System.Collections.Immutable;
using Gantral.Abstractions.Grains;
using Gantral.Silo.Gateway.Hooks;
using Gantral.Silo.Ledger;
using Gantral.Silo.Ledger.Rows;
using Gantral.Silo.Projections;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Gantral.Silo.Triggers;

/// <summary>Finds who takes the messages of a hook.</summary>
internal sealed class HookReader(NpgsqlDataSource source, TriggerReading reading) : IHooks
{
    private const string Find =
        $"""
        SELECT workflow_id, workflow_version, place FROM workflow_trigger
        WHERE hook_id = $1 AND {TriggerRows.IsNewest}
        ORDER BY owning_team_id, workflow_id, place
        LIMIT 16
        """;

    private readonly Listing _listing = new(source);

    /// <summary>Reads by a silo's own connections.</summary>
    public static HookReader Over(NpgsqlDataSource source, IGrains grains, ILogger logger) =>
        new(source, new TriggerReading(new TriggerRows(source), grains, new MachineZones(), logger));

    /// <inheritdoc/>
    public async ValueTask<ImmutableArray<HookedTrigger>> FindAsync(string hookId)
    {
        var found = await ReadAsync(hookId);
        if (!found.IsEmpty)
        {
            return found;
        }

        // It may be that of a version that was registered a moment ago and that nobody has read yet.
        await StorageFault.AsUnavailableAsync(async () =>
        {
            await reading.RunAsync(CancellationToken.None);
            return true;
        });
        return await ReadAsync(hookId);
    }

    private ValueTask<ImmutableArray<HookedTrigger>> ReadAsync(string hookId) =>
        _listing.ReadAsync(Find, rows => new HookedTrigger(rows.GetString(0), rows.GetString(1), rows.GetInt16(2)), Parameter.Of(hookId));
}
