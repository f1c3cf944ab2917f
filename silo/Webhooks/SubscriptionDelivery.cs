using Gantral.Silo.Ledger;

namespace Gantral.Silo.Webhooks;

/// <summary>Delivers one subscription for a turn: what was asked for again, then each log from where it had come to, in order.</summary>
internal sealed class SubscriptionDelivery(WebhookOptions options, DeliveryLeases leases, DeliveryCursors cursors, DeadLetters letters, EntryTail tail, EntryMessage message, WebhookSender sender)
{
    /// <summary>Delivers until nothing is left, something fails or the turn is over, and gives the subscription back. Never throws.</summary>
    public async Task DeliverAsync(HeldSubscription held, CancellationToken stop)
    {
        try
        {
            var turn = new Turn(options.TurnLength);
            if (await ReplayAsync(held, turn, stop) && await FollowAsync(held, turn, stop))
            {
                await leases.RestAsync(held, TimeSpan.Zero);
            }
        }
        catch (OperationCanceledException)
        {
            await LeaveAsync(held);
        }
        catch (Exception fault) when (StorageFault.Is(fault))
        {
            // The lease runs out; whoever takes the subscription next goes on from what was noted.
        }
        catch (Exception fault)
        {
            WebhookLog.Unforeseen(options.Logger, held.Subscription.SubscriptionId, fault);
        }
    }

    // The silo stops; another one need not wait for the lease.
    private async Task LeaveAsync(HeldSubscription held)
    {
        try
        {
            await leases.RestAsync(held, TimeSpan.Zero);
        }
        catch (Exception fault) when (StorageFault.Is(fault))
        {
            // Then it waits.
        }
    }

    // Each is tried once: what fails again stays where it was, for whoever asked.
    private async Task<bool> ReplayAsync(HeldSubscription held, Turn turn, CancellationToken stop)
    {
        var subscription = held.Subscription;
        foreach (var letter in await letters.AskedForAsync(subscription.SubscriptionId, options.TurnLength, stop))
        {
            stop.ThrowIfCancellationRequested();
            var tailed = await tail.FindAsync(letter.LogId, letter.Origin, letter.Position, stop);
            var fault = tailed is null ? null : await SendAsync(held, tailed, letter.Attempts + 1);
            await letters.SettleAsync(subscription.SubscriptionId, letter, fault);
            turn.Count();

            if (fault is not null)
            {
                await leases.RestAsync(held, options.BackOff.After(1, options.Chance()));
                return false;
            }

            if (!await leases.HoldAsync(held))
            {
                return false;
            }
        }

        return true;
    }

    private async Task<bool> FollowAsync(HeldSubscription held, Turn turn, CancellationToken stop)
    {
        foreach (var cursor in await cursors.ReadAsync(held.Subscription.SubscriptionId, stop))
        {
            if (!await FollowAsync(held, cursor, turn, stop))
            {
                return false;
            }
        }

        return true;
    }

    private async Task<bool> FollowAsync(HeldSubscription held, SubscriptionCursor cursor, Turn turn, CancellationToken stop)
    {
        for (var position = cursor.Position; position < cursor.Size && !turn.IsOver;)
        {
            var page = await tail.ReadAsync(cursor.LogId, cursor.Origin, position, stop);
            foreach (var tailed in page.Where(tailed => held.Subscription.Takes(tailed.Entry)).TakeWhile(_ => !turn.IsOver))
            {
                stop.ThrowIfCancellationRequested();
                if (!await DeliverAsync(held, tailed, tailed.Position == cursor.Position ? cursor.Attempts : 0))
                {
                    return false;
                }

                turn.Count();
                position = tailed.Position + 1;
            }

            if (page.Count == 0)
            {
                break;
            }

            // Whatever follows the last delivery in this page is of no interest here.
            if (!turn.IsOver)
            {
                position = page[^1].Position + 1;
                if (!await leases.AdvanceAsync(held, cursor.LogId, position))
                {
                    return false;
                }
            }
        }

        return true;
    }

    // False where the subscription is not to be gone on with now.
    private async Task<bool> DeliverAsync(HeldSubscription held, TailedEntry tailed, int failed)
    {
        if (await SendAsync(held, tailed, failed + 1) is not { } fault)
        {
            return await leases.AdvanceAsync(held, tailed.LogId, tailed.Position + 1);
        }

        if (failed + 1 < options.MostAttempts)
        {
            await leases.PauseAsync(held, tailed.LogId, tailed.Position, failed + 1, options.BackOff.After(failed + 1, options.Chance()));
            return false;
        }

        if (!await leases.GiveUpAsync(held, tailed, failed + 1, fault))
        {
            return false;
        }

        WebhookLog.GivenUp(options.Logger, held.Subscription.SubscriptionId, tailed.LogId, tailed.Position);
        return true;
    }

    private async Task<DeliveryFault?> SendAsync(HeldSubscription held, TailedEntry tailed, int attempt)
    {
        var fault = await sender.SendAsync(cancellation => message.WriteAsync(held.Subscription, tailed, cancellation));
        if (fault is not null)
        {
            WebhookLog.NotDelivered(options.Logger, held.Subscription.SubscriptionId, tailed.LogId, tailed.Position, attempt, fault.Words);
        }

        return fault;
    }

    private sealed class Turn(int length)
    {
        private int _left = length;

        public bool IsOver => _left <= 0;

        public void Count() => _left--;
    }
}
