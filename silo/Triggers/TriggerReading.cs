using Gantral.Abstractions.Definitions;
using Gantral.Abstractions.Grains;
using Gantral.Abstractions.Vocabulary;
using Gantral.Grains.Schedules;
using Gantral.Silo.Ledger;
using Microsoft.Extensions.Logging;

namespace Gantral.Silo.Triggers;

/// <summary>Reads the triggers of versions that were registered, each version once.</summary>
internal sealed class TriggerReading(TriggerRows rows, IGrains grains, ITimeZones zones, ILogger logger)
{
    /// <summary>Reads those that nobody has read yet.</summary>
    public async Task RunAsync(CancellationToken cancellation)
    {
        foreach (var unread in await rows.UnreadAsync(cancellation))
        {
            try
            {
                // Not there though it is listed: an earlier release may be writing it, and the next round sees it.
                if (await grains.Workflow(unread.WorkflowId, unread.WorkflowVersion).ReadAsync() is { } version && Read(unread, version) is { } triggers)
                {
                    await rows.WriteAsync(unread, version, triggers);
                }
            }
            catch (Exception fault) when (fault is InvalidOperationException && !StorageFault.Is(fault))
            {
                // Erased, changed, or of a later release: that one's silos know what to do with it.
                ScheduleLog.Unforeseen(logger, unread.WorkflowId, unread.WorkflowVersion, fault);
            }
        }
    }

    private List<(int Place, Instant? DueAt, string? HookId)>? Read(UnreadVersion unread, WorkflowVersion version)
    {
        var triggers = new List<(int, Instant?, string?)>();
        foreach (var (place, trigger) in version.Triggers.Index())
        {
            switch (trigger)
            {
                case WorkflowTrigger.Schedule schedule when ScheduleOf(schedule, zones) is { } times:
                    triggers.Add((place, times.After(version.RegisteredAt), null));
                    break;
                case WorkflowTrigger.Schedule schedule:
                    ScheduleLog.ZoneUnknown(logger, schedule.TimeZone, unread.WorkflowId, unread.WorkflowVersion);
                    return null;
                case WorkflowTrigger.Webhook hook:
                    triggers.Add((place, null, hook.HookId));
                    break;
            }
        }

        return triggers;
    }

    /// <summary>The times of a schedule; none where its time zone is not known on this machine.</summary>
    public static Schedule? ScheduleOf(WorkflowTrigger.Schedule schedule, ITimeZones zones) =>
        zones.Find(schedule.TimeZone) is { } ahead && CronExpression.TryRead(schedule.Cron, out var cron, out _) ? new Schedule(cron, ahead) : null;
}
