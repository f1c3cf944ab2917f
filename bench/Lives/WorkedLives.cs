using System.Collections.Concurrent;
using System.Diagnostics;

namespace Gantral.Bench.Lives;

/// <summary>
/// Whole lives as runners live them: made, fetched, stopped for a person and checkpointed, approved, fetched again by a
/// new process, completed. Seven transitions, and six requests besides the claims, which are shared by many.
/// </summary>
internal sealed class WorkedLives(ILifeRequests requests)
{
    public const int TransitionsPerLife = 7;
    private const int Runners = 8;
    private const int Batch = 50;

    private readonly ConcurrentDictionary<Guid, TaskCompletionSource> _ends = [];
    private readonly ConcurrentBag<double> _milliseconds = [];
    private volatile bool _isOver;

    /// <summary>So many lives at once, one after the other, for a time; answers how many transitions were made in how many seconds, and how long each request took that waits for nothing.</summary>
    public Task<(long Transitions, double Seconds, IReadOnlyCollection<double> Milliseconds)> LiveAsync(int atOnce, TimeSpan time) => WithRunnersAsync(async start =>
    {
        var lived = await Task.WhenAll(Enumerable.Range(0, atOnce).Select(_ => Task.Run(async () =>
        {
            var mine = 0L;
            for (; Stopwatch.GetElapsedTime(start) < time; mine++)
            {
                await LiveOnceAsync(Stopwatch.GetTimestamp());
            }

            return mine;
        })));
        return lived.Sum();
    });

    /// <summary>
    /// So many lives per second, each beginning when its turn comes, whatever became of those before; a request that
    /// could not be sent in time is counted from when it should have been.
    /// </summary>
    public Task<(long Transitions, double Seconds, IReadOnlyCollection<double> Milliseconds)> PaceAsync(double perSecond, TimeSpan time) => WithRunnersAsync(async start =>
    {
        var lives = new List<Task>();
        while (lives.Count < (int)(perSecond * time.TotalSeconds))
        {
            var due = start + (long)(lives.Count / perSecond * Stopwatch.Frequency);
            if (due > Stopwatch.GetTimestamp())
            {
                await Task.Delay(1);
            }
            else
            {
                lives.Add(Task.Run(() => LiveOnceAsync(due)));
            }
        }

        await Task.WhenAll(lives);
        return lives.Count;
    });

    private async Task<(long Transitions, double Seconds, IReadOnlyCollection<double> Milliseconds)> WithRunnersAsync(Func<long, Task<long>> live)
    {
        var start = Stopwatch.GetTimestamp();
        var runners = Task.WhenAll(Enumerable.Range(0, Runners).Select(_ => Task.Run(RunAsync)));
        var lives = live(start);

        // A runner that fails leaves lives that never end.
        await await Task.WhenAny(runners, lives);
        var (lived, seconds) = (await lives, Stopwatch.GetElapsedTime(start).TotalSeconds);
        _isOver = true;
        await runners;
        return (lived * TransitionsPerLife, seconds, _milliseconds);
    }

    private async Task LiveOnceAsync(long due)
    {
        var id = await TimedAsync(requests.CreateAsync(), due);
        await _ends.GetOrAdd(id, _ => NewEnd()).Task;
        _ends.TryRemove(id, out _);
    }

    private async Task RunAsync()
    {
        while (!_isOver)
        {
            var pieces = await requests.ClaimAsync(Batch);
            await Task.WhenAll(pieces.Select(piece => piece.IsResumed ? CompleteAsync(piece) : PauseAsync(piece)));
        }
    }

    private async Task PauseAsync(Piece piece)
    {
        var shown = await TimedAsync(requests.AskAsync(piece));
        await TimedAsync(requests.SuspendAsync(piece));
        await TimedAsync(requests.ApproveAsync(piece.InstanceId, shown));
    }

    private async Task CompleteAsync(Piece piece)
    {
        await TimedAsync(requests.CompleteAsync(piece));

        // It may have been fetched and done before its creator has heard that it is there.
        _ends.GetOrAdd(piece.InstanceId, _ => NewEnd()).TrySetResult();
    }

    private async Task<T> TimedAsync<T>(Task<T> request, long? due = null)
    {
        var since = due ?? Stopwatch.GetTimestamp();
        var answer = await request;
        _milliseconds.Add(Stopwatch.GetElapsedTime(since).TotalMilliseconds);
        return answer;
    }

    private Task<bool> TimedAsync(Task request) => TimedAsync(AnsweredAsync(request));

    private static async Task<bool> AnsweredAsync(Task request)
    {
        await request;
        return true;
    }

    private static TaskCompletionSource NewEnd() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
