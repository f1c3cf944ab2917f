using System.Collections.Immutable;
using Gantral.Abstractions.Authority;
using Gantral.Abstractions.Vocabulary;
using Gantral.Grains.Ledger;
using Gantral.Silo.Gateway.Overview;
using Gantral.Silo.Overview;
using Gantral.Silo.Tests.Identity;

namespace Gantral.Silo.Tests.Overview;

/// <summary>However many boards are open, the database is looked at as if there were one.</summary>
public sealed class SharedLookTests
{
    private readonly SteppedClock _clock = new();
    private readonly List<ImmutableArray<string>> _looks = [];
    private Func<Task> _takes = () => Task.CompletedTask;

    [Fact]
    public async Task Everybody_who_asks_within_a_moment_is_answered_from_one_look_and_told_about_the_own_teams_alone()
    {
        var look = Look();
        var began = new TaskCompletionSource();
        _takes = () => began.Task;
        var first = look.OfAsync(["a", "b"]).AsTask();
        var others = Enumerable.Range(0, 50).Select(_ => look.OfAsync(["b"]).AsTask()).ToArray();
        began.SetResult();

        Assert.Equal(["a", "b"], TeamsOf(await first));
        Assert.All(await Task.WhenAll(others), figures => Assert.Equal(["b"], TeamsOf(figures)));
        Assert.Equal(["b"], TeamsOf(await look.OfAsync(["b"])));
        Assert.Single(_looks);

        _clock.Pass(SharedLook.Shortest);
        await look.OfAsync(["b"]);
        Assert.Equal(2, _looks.Count);
    }

    [Fact]
    public async Task A_team_that_was_not_looked_at_is_looked_at_and_one_about_which_nobody_asks_any_more_is_not()
    {
        var look = Look();
        await look.OfAsync(["a"]);
        Assert.Equal(["c"], TeamsOf(await look.OfAsync(["c"])));
        Assert.Equal(["a", "c"], _looks[^1].Order(StringComparer.Ordinal));

        _clock.Pass(TimeSpan.FromMinutes(1));
        await look.OfAsync(["c"]);
        Assert.Equal("c", Assert.Single(_looks[^1]));
    }

    [Fact]
    public async Task The_pause_after_a_look_grows_with_what_looks_take_but_not_for_the_first_alone_which_finds_nothing_ready()
    {
        var look = Look();
        _takes = () =>
        {
            _clock.Pass(TimeSpan.FromSeconds(1));
            return Task.CompletedTask;
        };
        await look.OfAsync(["a"]);
        _clock.Pass(SharedLook.Shortest);
        await look.OfAsync(["a"]);
        Assert.Equal(2, _looks.Count);
        _clock.Pass(TimeSpan.FromSeconds(19));
        await look.OfAsync(["a"]);
        Assert.Equal(2, _looks.Count);
        _clock.Pass(TimeSpan.FromSeconds(1));
        await look.OfAsync(["a"]);
        Assert.Equal(3, _looks.Count);
    }

    [Fact]
    public async Task A_look_that_fails_is_told_to_those_who_waited_for_it_and_the_next_one_is_another_look()
    {
        var look = Look();
        _takes = () => throw new LedgerUnavailableException("away");
        await Assert.ThrowsAsync<LedgerUnavailableException>(async () => await look.OfAsync(["a"]));
        _takes = () => Task.CompletedTask;
        Assert.Equal(["a"], TeamsOf(await look.OfAsync(["a"])));
        Assert.Equal(2, _looks.Count);
    }

    private SharedLook Look() => new(async teams =>
    {
        _looks.Add(teams);
        await _takes();
        return new OverviewFigures(new Instant(0), new Instant(0))
        {
            Instances = [.. teams.Order(StringComparer.Ordinal).Select(team => new CountedInstances(team, "deploy", ExecutionState.Running, 1, 0))],
        };
    }, _clock);

    private static IEnumerable<string> TeamsOf(OverviewFigures figures) => figures.Instances.Select(one => one.OwningTeamId);
}
