using Gantral.Abstractions.Authority;
using Gantral.Abstractions.Definitions;
using Gantral.Abstractions.Grains;
using Gantral.Abstractions.Refusals;
using Gantral.Abstractions.Vocabulary;
using Gantral.Evidence.Json;
using Gantral.Grains.Schedules;
using Microsoft.Extensions.Logging;

namespace Gantral.Silo.Triggers;

/// <summary>Fires one schedule: each firing is an ordinary creation under a key of its own, so any silo may fire it, and twice is once.</summary>
/// <param name="rows">Where is noted when it is due next.</param>
/// <param name="grains">Where instances are reached.</param>
/// <param name="newInstanceId">The id of an instance that a command creates.</param>
/// <param name="zones">The clocks on the walls of the world.</param>
/// <param name="logger">Where to tell what happens.</param>
internal sealed class ScheduleFiring(TriggerRows rows, IGrains grains, Func<CommandKey, Guid> newInstanceId, ITimeZones zones, ILogger logger)
{
    /// <summary>Fires what is due of a schedule. What cannot be fired now stays due.</summary>
    public async Task FireAsync(DueSchedule due)
    {
        if (await grains.Workflow(due.WorkflowId, due.WorkflowVersion).ReadAsync() is not { } version
            || version.Triggers.ElementAtOrDefault(due.Place) is not WorkflowTrigger.Schedule trigger
            || TriggerReading.ScheduleOf(trigger, zones) is not { } schedule)
        {
            return;
        }

        var (firings, next) = schedule.Until(due.DueAt, due.Now, trigger.Missed);
        foreach (var firing in firings)
        {
            if (!await FireAsync(due, version, firing))
            {
                return;
            }
        }

        await rows.MoveOnAsync(due, next);
    }

    // False where it may work later.
    private async Task<bool> FireAsync(DueSchedule due, WorkflowVersion version, Instant firing)
    {
        var caller = new Caller(new Actor($"schedule:{due.WorkflowId}@{due.WorkflowVersion}/{due.Place}", Actor.System.Issuer, ActorKind.Workload), [], due.KeyOf(firing));
        var creation = new Creation(due.WorkflowId, due.WorkflowVersion, version.Binding.OwningTeamId, Context(firing));
        var reply = await grains.Instance(newInstanceId(caller.Key)).CreateAsync(caller, creation);
        switch (reply.Refusal)
        {
            case null:
                return true;
            case { Code: RefusalCode.StorageUnavailable or RefusalCode.Overloaded or RefusalCode.PolicyUnavailable }:
                return false;
            case { } refusal:
                ScheduleLog.NotFired(logger, due.Place, due.WorkflowId, due.WorkflowVersion, WireName.Of(refusal.Code), refusal.Message);
                return true;
        }
    }

    private static Abstractions.Evidence.CanonicalBytes Context(Instant firing)
    {
        var json = new CanonicalWriter();
        json.BeginObject();
        json.Name("scheduled_at"u8);
        json.String(firing.ToString());
        json.Name("trigger"u8);
        json.String("schedule");
        json.EndObject();
        return json.ToCanonicalBytes();
    }
}
