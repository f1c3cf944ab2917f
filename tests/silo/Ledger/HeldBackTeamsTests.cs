using Gantral.Silo.Ledger;

namespace Gantral.Silo.Tests.Ledger;

public sealed class HeldBackTeamsTests
{
    private readonly HeldBackTeams _teams = new();

    [Fact]
    public void What_was_looked_at_before_somebody_asked_says_nothing()
    {
        var looked = _teams.Moment();
        var asked = _teams.Moment();
        _teams.Saw(looked, "payments", isHeld: false);

        Assert.False(_teams.IsFree("payments", asked));
        _teams.Saw(_teams.Moment(), "payments", isHeld: false);
        Assert.True(_teams.IsFree("payments", asked));
        Assert.False(_teams.IsFree("search", asked));
    }

    [Fact]
    public void A_late_answer_to_an_early_look_replaces_none_that_was_looked_at_later()
    {
        var asked = _teams.Moment();
        var (early, late) = (_teams.Moment(), _teams.Moment());
        _teams.Saw(late, "payments", isHeld: true);
        _teams.Saw(early, "payments", isHeld: false);

        Assert.False(_teams.IsFree("payments", asked));
    }
}
