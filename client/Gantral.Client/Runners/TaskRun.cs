using Gantral.Abstractions.Vocabulary;

namespace Gantral.Client;

/// <summary>One piece of work from its claim to its outcome, and its lease meanwhile.</summary>
internal sealed class TaskRun(GantralClient client, GantralRunnerOptions options, ClaimedTask task)
{
    private readonly HeldLease _lease = new(client, options, task);

    /// <summary>Has the work done, and reports how it ended if it is still the runner's own.</summary>
    public async Task RunAsync(Func<RunnerTask, CancellationToken, Task<Outcome>> work, CancellationToken over)
    {
        RunnerLog.Begun(options.Logger, task.TaskId, task.InstanceId, WireName.Of(task.Kind), task.Attempt);
        using var lost = new CancellationTokenSource();
        using var ended = new CancellationTokenSource();
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(lost.Token, over);
        var held = _lease.KeepAsync(lost, ended.Token);
        try
        {
            if (await OutcomeAsync(work, lost.Token, stop.Token).ConfigureAwait(false) is { } outcome)
            {
                await ReportAsync(outcome, lost.Token, over).ConfigureAwait(false);
            }
        }
        finally
        {
            await ended.CancelAsync().ConfigureAwait(false);
            await held.ConfigureAwait(false);
        }
    }

    // None where there is nothing to report: the work is somebody else's, or was cut off and ends with its lease.
    private async Task<Outcome?> OutcomeAsync(Func<RunnerTask, CancellationToken, Task<Outcome>> work, CancellationToken lost, CancellationToken stop)
    {
        TaskSecrets? secrets = null;
        try
        {
            secrets = await TaskSecrets.ResolveAsync(task.Connections, options.Resolvers, stop).ConfigureAwait(false);
            var outcome = await work(new RunnerTask(client, task, secrets), stop).ConfigureAwait(false);
            return lost.IsCancellationRequested ? null : secrets.KeptFrom(outcome);
        }
        catch (GantralException refused) when (refused.Code == ProblemCode.LeaseLost)
        {
            RunnerLog.Lost(options.Logger, task.TaskId, task.InstanceId, refused.Detail);
            return null;
        }
        catch (Exception) when (lost.IsCancellationRequested)
        {
            return null;
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            RunnerLog.Lost(options.Logger, task.TaskId, task.InstanceId, "it was cut off by a stop, and ends with its lease.");
            return null;
        }
        catch (SecretException failed)
        {
            return new Failed(new AgentError(BoundedText.Of(secrets?.Redact(failed.Message) ?? failed.Message), SecretException.Code));
        }
        catch (Exception failed)
        {
            return new Failed(BoundedText.Of(secrets!.Redact($"{failed.GetType().Name}: {failed.Message}")));
        }
    }

    // Told again and again until there is an answer: it is the same outcome, and counts once.
    private async Task ReportAsync(Outcome outcome, CancellationToken lost, CancellationToken over)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(lost, over);
        for (var backOff = new BackOff(options.Time); ;)
        {
            try
            {
                // Not called off by a loss that is only noticed meanwhile: the silo knows best whose the work is.
                var instance = await client.Tasks.ReportAsync(task.TaskId, task.FencingToken, outcome, cancellation: over).ConfigureAwait(false);
                RunnerLog.Ended(options.Logger, task.TaskId, task.InstanceId, outcome.GetType().Name, WireName.Of(instance.State));
                return;
            }
            catch (GantralException refused) when (refused.Code is ProblemCode.InvalidBody or ProblemCode.TooLarge or ProblemCode.InvalidTransition && outcome is not Failed { Evidence: [], Cost: null })
            {
                // Nothing was changed. Whoever looks at the instance is told why it ended, and it is not run again for nothing.
                outcome = new Failed(BoundedText.Of($"The outcome {outcome.GetType().Name} was refused: {refused.Detail}"));
            }
            catch (GantralException refused) when (!refused.IsPassing && refused.Status is >= 400 and < 500 and not 401)
            {
                RunnerLog.Lost(options.Logger, task.TaskId, task.InstanceId, refused.Detail);
                return;
            }
            catch (Exception failed) when (Passing.Is(failed) || failed is GantralException)
            {
                RunnerLog.Unheard(options.Logger, task.TaskId, task.InstanceId, failed.Message);
                await Task.Delay(backOff.Next((failed as GantralException)?.RetryAfter), options.Time, stop.Token).ConfigureAwait(false);
            }
        }
    }
}
