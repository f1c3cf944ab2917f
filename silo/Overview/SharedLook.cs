using System.Collections.Immutable;
using Gantral.Silo.Gateway.Overview;

namespace Gantral.Silo.Overview;

/// <summary>
/// One look at the database for everybody who asks within a short while, about all teams that somebody asks about. One
/// look at a time, and a pause after it that grows with what it cost: boards on a hundred walls take no more than one.
/// </summary>
/// <param name="look">Looks at some teams.</param>
/// <param name="time">How old the last look is.</param>
internal sealed class SharedLook(Func<ImmutableArray<string>, Task<OverviewFigures>> look, TimeProvider time)
{
    /// <summary>How old an answer may be.</summary>
    public static readonly TimeSpan Shortest = TimeSpan.FromSeconds(2);

    // So that looking takes a twentieth of one connection's time at most.
    private const int PausePerCost = 20;

    // A team about which nobody asks any more is not looked at any more.
    private static readonly TimeSpan Interest = TimeSpan.FromSeconds(30);

    private readonly Lock _gate = new();
    private readonly Dictionary<string, long> _asked = new(StringComparer.Ordinal);
    private Look? _last;
    private TimeSpan? _costBefore;
    private Task<Look>? _running;

    /// <summary>How some teams stand.</summary>
    public async ValueTask<OverviewFigures> OfAsync(ImmutableArray<string> teams)
    {
        while (true)
        {
            Task<Look> running;
            lock (_gate)
            {
                foreach (var team in teams)
                {
                    _asked[team] = time.GetTimestamp();
                }

                if (_last is { } last && last.Covers(teams) && time.GetElapsedTime(last.Ended) < last.Pause)
                {
                    return last.Figures.Of(teams);
                }

                running = _running ??= Task.Run(RunAsync);
            }

            if (await running is { } found && found.Covers(teams))
            {
                return found.Figures.Of(teams);
            }
        }
    }

    private async Task<Look> RunAsync()
    {
        ImmutableArray<string> teams;
        var since = time.GetTimestamp();
        lock (_gate)
        {
            foreach (var team in _asked.Where(one => time.GetElapsedTime(one.Value) > Interest).Select(one => one.Key).ToList())
            {
                _asked.Remove(team);
            }

            teams = [.. _asked.Keys];
        }

        try
        {
            var figures = await look(teams);
            var cost = time.GetElapsedTime(since);

            // The first look pays for code and plans that later ones find ready, and one may have met a busy moment.
            var pause = PausePerCost * (cost < _costBefore ? cost : _costBefore ?? TimeSpan.Zero);
            _costBefore = cost;
            var made = new Look(figures, [.. teams], time.GetTimestamp(), pause > Shortest ? pause : Shortest);
            lock (_gate)
            {
                return _last = made;
            }
        }
        finally
        {
            lock (_gate)
            {
                _running = null;
            }
        }
    }

    private sealed record Look(OverviewFigures Figures, ImmutableHashSet<string> Teams, long Ended, TimeSpan Pause)
    {
        public bool Covers(ImmutableArray<string> teams) => teams.All(Teams.Contains);
    }
}
