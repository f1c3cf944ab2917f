namespace Gantral.Client;

/// <summary>
/// Fetches work and has it done, and does nothing that the protocol does not say: it claims, says at a third of the lease
/// that it is still there, and reports how the work ended. Work whose lease is lost is cancelled and nothing is reported.
/// </summary>
/// <param name="client">The silo.</param>
/// <param name="options">How it works.</param>
/// <param name="work">
/// Does a piece of work. What it throws is reported as <see cref="Failed"/>. Once its token is cancelled it must stop;
/// what it answers then counts only if the work is still the runner's own.
/// </param>
public sealed class GantralRunner(GantralClient client, GantralRunnerOptions options, Func<RunnerTask, CancellationToken, Task<Outcome>> work)
{
    private const int MostAtOnce = 100;

    /// <summary>
    /// Works until it is told to stop: then it claims no more, and what runs has <see cref="GantralRunnerOptions.Patience"/> to
    /// end. Throws what a silo refuses for good before any claim was answered: then something is set up wrongly.
    /// </summary>
    /// <param name="stopping">Stops it with patience.</param>
    /// <param name="hurry">Cancels at once what runs.</param>
    public async Task RunAsync(CancellationToken stopping, CancellationToken hurry = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(options.AtOnce, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(options.AtOnce, MostAtOnce);
        using var over = CancellationTokenSource.CreateLinkedTokenSource(hurry);
        using var slots = new SemaphoreSlim(options.AtOnce);
        var running = new HashSet<Task>();
        using var ends = CancellationTokenSource.CreateLinkedTokenSource(stopping, hurry);
        try
        {
            await ClaimAsync(slots, running, over.Token, ends.Token).ConfigureAwait(false);
        }
        finally
        {
            await EndAsync(running, over).ConfigureAwait(false);
        }
    }

    // Until it is to stop.
    private async Task ClaimAsync(SemaphoreSlim slots, HashSet<Task> running, CancellationToken over, CancellationToken ends)
    {
        var (backOff, isKnown) = (new BackOff(options.Time), false);
        while (!ends.IsCancellationRequested)
        {
            var free = await FreeAsync(slots, ends).ConfigureAwait(false);
            var handed = 0;
            try
            {
                // Not called off by a stop: what was just handed out would be nobody's until its lease ends.
                var claim = new Claim { RunnerId = options.RunnerId, Max = free, Wait = options.Wait, Lease = options.Lease };
                var tasks = free == 0 ? [] : await client.Queues.ClaimAsync(options.Queue, claim, over).ConfigureAwait(false);
                (isKnown, handed) = (true, tasks.Count);
                backOff.Forget();
                running.RemoveWhere(task => task.IsCompleted);
                foreach (var task in tasks)
                {
                    running.Add(WorkAsync(task, slots, over));
                }
            }
            catch (Exception failed) when (Passing.Is(failed) || (isKnown && failed is GantralException))
            {
                var pause = backOff.Next((failed as GantralException)?.RetryAfter);
                RunnerLog.CannotClaim(options.Logger, failed.Message, pause.TotalSeconds);
                await PauseAsync(pause, ends).ConfigureAwait(false);
            }
            catch (OperationCanceledException) when (over.IsCancellationRequested)
            {
                return;
            }
            finally
            {
                Release(slots, free - handed);
            }
        }
    }

    private async Task WorkAsync(ClaimedTask task, SemaphoreSlim slots, CancellationToken over)
    {
        // Whatever the work does on its first lines must not hold up the claims.
        await Task.Yield();
        try
        {
            await new TaskRun(client, options, task).RunAsync(work, over).ConfigureAwait(false);
        }
        catch (Exception failed)
        {
            RunnerLog.Lost(options.Logger, task.TaskId, task.InstanceId, failed.Message);
        }
        finally
        {
            slots.Release();
        }
    }

    private async Task EndAsync(HashSet<Task> running, CancellationTokenSource over)
    {
        var all = Task.WhenAll(running);
        if (!all.IsCompleted)
        {
            RunnerLog.Stopping(options.Logger, running.Count(task => !task.IsCompleted), options.Patience.TotalSeconds);
            var late = Task.Delay(options.Patience, options.Time, over.Token);
            await Task.WhenAny(all, late).ConfigureAwait(false);
            await over.CancelAsync().ConfigureAwait(false);
        }

        await all.ConfigureAwait(false);
    }

    // Waits for one, and takes what else there is; none when it is to stop.
    private static async Task<int> FreeAsync(SemaphoreSlim slots, CancellationToken ends)
    {
        try
        {
            await slots.WaitAsync(ends).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            return 0;
        }

        var free = 1;
        while (slots.Wait(0, CancellationToken.None))
        {
            free++;
        }

        return free;
    }

    private async Task PauseAsync(TimeSpan pause, CancellationToken ends)
    {
        try
        {
            await Task.Delay(pause, options.Time, ends).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            // The loop looks by itself whether it is to stop.
        }
    }

    private static void Release(SemaphoreSlim slots, int count)
    {
        if (count > 0)
        {
            slots.Release(count);
        }
    }
}
