using System.Diagnostics;
using System.Globalization;
using Gantral.Bench.Transitions;
using Gantral.Silo.Hosting;

namespace Gantral.Bench.Streams;

/// <summary>Lives of many teams in turn, begun at a steady pace however long each takes.</summary>
internal sealed class TeamLives(GrainHost host, int teams)
{
    // More than this at once means that the pace is not kept, which is then said.
    private const int MostAtOnce = 1_000;

    private int _begun;

    /// <summary>The name of a team.</summary>
    public static string Team(int place) => string.Create(CultureInfo.InvariantCulture, $"team-{place:000}");

    /// <summary>Registers what the lives of each team are bound to.</summary>
    public Task RegisterAsync() => Task.WhenAll(Enumerable.Range(0, teams).Select(team => GrainLives.RegisterAsync(host, Team(team))));

    /// <summary>Lives for a time at so many transitions per second; answers how many per second were made.</summary>
    public async Task<double> LiveAsync(int transitionsPerSecond, TimeSpan time)
    {
        var (lives, start) = (new List<Task>(), Stopwatch.GetTimestamp());
        using var room = new SemaphoreSlim(MostAtOnce);
        var count = (int)(transitionsPerSecond * time.TotalSeconds / GrainLives.TransitionsPerLife);
        for (var life = 0; life < count; life++)
        {
            var due = TimeSpan.FromSeconds((double)life * GrainLives.TransitionsPerLife / transitionsPerSecond) - Stopwatch.GetElapsedTime(start);
            if (due > TimeSpan.FromMilliseconds(1))
            {
                await Task.Delay(due);
            }

            await room.WaitAsync();
            lives.Add(LiveOnceAsync(Team(_begun++ % teams), room));
        }

        await Task.WhenAll(lives);
        return count * GrainLives.TransitionsPerLife / Stopwatch.GetElapsedTime(start).TotalSeconds;
    }

    private async Task LiveOnceAsync(string team, SemaphoreSlim room)
    {
        try
        {
            await GrainLives.LiveOnceAsync(host, GrainLives.Deploy(team), []);
        }
        finally
        {
            room.Release();
        }
    }
}
