using System.Diagnostics;
using Gantral.Abstractions.Vocabulary;
using Gantral.Bench.Running;
using Gantral.Silo.Reminders;

namespace Gantral.Bench.Transitions;

/// <summary>Timers of instances that wait for a person: begun by one silo, and fired by another that must read each first.</summary>
internal sealed class OverdueTimers(BenchDatabase database, WaitingLives waiting)
{
    private const int InFlight = 256;

    /// <summary>As after an outage, everything is overdue when a silo begins to look: how many fire per second, and how many ordinary requests per second the same silo carries out before.</summary>
    public async Task<(double Timers, double Requests)> FireAsync(int lives, TimeSpan ordinary)
    {
        var patience = TimeSpan.FromSeconds(1);
        var (from, decideBy) = await BeginAsync(lives, (_, _) => patience);
        await Task.Delay(patience);

        await using var silo = await database.OpenAsync(waiting);
        var (made, seconds) = await new GrainLives().LiveAsync(silo.Host, InFlight, ordinary);
        var (_, fired) = await FireAsync(database, silo, lives, () => Task.FromResult(0));
        await Timeouts.ReadAsync(silo.Ledger, from, decideBy);
        return (lives / fired, made / seconds / GrainLives.TransitionsPerLife * GrainLives.CommitsPerLife);
    }

    /// <summary>Lets instances wait, with a silo that is gone when they are due: whoever fires them must read them first.</summary>
    public async Task<(long From, IReadOnlyDictionary<Guid, Instant> DecideBy)> BeginAsync(int lives, Func<int, Instant, TimeSpan> patience)
    {
        await using var silo = await database.OpenAsync(waiting);
        var from = await database.CountAsync("SELECT max(size) FROM checkpoint WHERE log_id = 1");
        var (decideBy, _) = await waiting.BeginAsync(silo.Host, lives, place => patience(place, silo.Ledger.Clock.Now));
        return (from, decideBy);
    }

    /// <summary>Lets a silo fire timers, and does something meanwhile.</summary>
    public static async Task<(T Beside, double Seconds)> FireAsync<T>(BenchDatabase database, BenchSilo silo, int timers, Func<Task<T>> meanwhile)
    {
        var (fired, start) = (0, Stopwatch.GetTimestamp());
        var all = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using var reminders = new ReminderService(new ReminderOptions { ConnectionString = database.Serving, Fired = _ => Count() }, silo.Host, silo.Ledger.Clock);
        await reminders.StartAsync(CancellationToken.None);
        var beside = await meanwhile();
        await Task.WhenAny(all.Task, Task.Delay(TimeSpan.FromMinutes(2)));
        var seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
        await reminders.StopAsync(CancellationToken.None);
        return all.Task.IsCompleted ? (beside, seconds) : throw new WrongAnswerException($"only {fired:N0} of {timers:N0} timers fired");

        void Count()
        {
            if (Interlocked.Increment(ref fired) == timers)
            {
                all.SetResult();
            }
        }
    }
}
