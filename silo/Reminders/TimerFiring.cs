using Gantral.Abstractions.Authority;
using Gantral.Abstractions.Commands;
using Gantral.Abstractions.Grains;
using Gantral.Abstractions.Refusals;
using Gantral.Abstractions.Vocabulary;
using Gantral.Silo.Ledger.Rows;
using Gantral.Silo.Projections;

namespace Gantral.Silo.Reminders;

/// <summary>Fires one timer, and sees to it that one which cannot fire does not come again for ever.</summary>
internal sealed class TimerFiring(ReminderOptions options, TimerClaims claims, IGrains grains)
{
    /// <summary>Tells the instance that a deadline has passed; whether anything came of it. Never throws.</summary>
    public async Task<bool> FireAsync(DueTimer timer)
    {
        try
        {
            var reply = await grains.Instance(timer.InstanceId).ExpireAsync(timer.Key, timer.Deadline);
            if (!reply.Entries.IsEmpty)
            {
                options.Fired?.Invoke(reply.Entries[0].At.Since(timer.DueAt));
                if (timer.Deadline == Deadline.Retention)
                {
                    // There may be more than was erased at once.
                    await claims.ReleaseAsync(timer);
                }

                return true;
            }

            if (timer.Deadline == Deadline.Retention && reply.Refusal is { Code: RefusalCode.InvalidTransition })
            {
                // This silo's clock is behind the database's.
                await claims.ReleaseAsync(timer);
                return false;
            }

            if (reply.Refusal is { Code: not RefusalCode.NotFound } refusal)
            {
                // The claim lapses, and by then whatever was in the way may be gone.
                ReminderLog.NotFired(options.Logger, WireName.Of(timer.Deadline), timer.InstanceId, WireName.Of(refusal.Code));
                return false;
            }

            return await SettleAsync(timer, reply.Instance);
        }
        catch (Exception fault)
        {
            ReminderLog.Unforeseen(options.Logger, WireName.Of(timer.Deadline), timer.InstanceId, fault);
            return false;
        }
    }

    // The instance found nothing due. Either this silo's clock is behind the database's, and then the timer is given
    // back; or somebody decided meanwhile, and then the row is gone; or the row belongs to no deadline of the instance.
    private async Task<bool> SettleAsync(DueTimer timer, Instance? instance)
    {
        if (timer.Deadline == Deadline.Retention)
        {
            // Nothing is left to erase, and no commit ends this timer.
            await claims.EndAsync(timer);
            return true;
        }

        if (instance is not null && TimerRows.Of(instance) == (timer.Deadline, timer.DueAt))
        {
            await claims.ReleaseAsync(timer);
            return false;
        }

        // A row that contradicts the entries is not deleted by hand: the entries say what is to be there instead.
        if (await claims.IsThereAsync(timer))
        {
            await new ProjectionRebuild(options.ConnectionString, timer.LogId).RemakeAsync(timer.InstanceId);
            ReminderLog.Stale(options.Logger, WireName.Of(timer.Deadline), timer.InstanceId);
        }

        return true;
    }
}
