namespace Gantral.Client;

/// <summary>Says that the work goes on, and notices when it is not the runner's own any more: told so, or unheard for too long.</summary>
internal sealed class HeldLease(GantralClient client, GantralRunnerOptions options, ClaimedTask task)
{
    private long _from = options.Time.GetTimestamp();

    // By this machine's count, from before the silo's: whoever stood still for a while finds it over.
    private TimeSpan Left => options.Lease - options.Time.GetElapsedTime(_from);

    /// <summary>Keeps it until the work has ended, or is lost.</summary>
    public async Task KeepAsync(CancellationTokenSource lost, CancellationToken ended)
    {
        try
        {
            for (var backOff = new BackOff(options.Time); ;)
            {
                await Task.Delay(options.Lease / 3, options.Time, ended).ConfigureAwait(false);
                while (!await BeatAsync(backOff, ended).ConfigureAwait(false))
                {
                    // Asked again soon, while it is still the runner's own.
                }

                backOff.Forget();
            }
        }
        catch (OperationCanceledException) when (ended.IsCancellationRequested)
        {
            // The work has ended first.
        }
        catch (LeaseLostException gone)
        {
            RunnerLog.Lost(options.Logger, task.TaskId, task.InstanceId, gone.Message);
            await lost.CancelAsync().ConfigureAwait(false);
        }
    }

    // Whether the silo has heard it.
    private async Task<bool> BeatAsync(BackOff backOff, CancellationToken ended)
    {
        if (Left <= TimeSpan.Zero)
        {
            throw new LeaseLostException("the silo could not be told in time that the work goes on.");
        }

        // An answer that comes after the end is none.
        using var over = new CancellationTokenSource(Left, options.Time);
        using var late = CancellationTokenSource.CreateLinkedTokenSource(over.Token, ended);
        try
        {
            var sent = options.Time.GetTimestamp();
            await client.Tasks.HeartbeatAsync(task.TaskId, task.FencingToken, options.Lease, cancellation: late.Token).ConfigureAwait(false);
            _from = sent;
            return true;
        }
        catch (GantralException refused) when (refused.Code is ProblemCode.LeaseLost or ProblemCode.NotFound)
        {
            throw new LeaseLostException(refused.Detail);
        }
        catch (OperationCanceledException) when (over.IsCancellationRequested && !ended.IsCancellationRequested)
        {
            return false;
        }
        catch (Exception failed) when (Passing.Is(failed) || failed is GantralException)
        {
            RunnerLog.Unheard(options.Logger, task.TaskId, task.InstanceId, failed.Message);
            var pause = backOff.Next((failed as GantralException)?.RetryAfter);
            await Task.Delay(pause < Left ? pause : Left > TimeSpan.Zero ? Left : TimeSpan.Zero, options.Time, ended).ConfigureAwait(false);
            return false;
        }
    }
}
