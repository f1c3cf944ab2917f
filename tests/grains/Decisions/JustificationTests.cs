using Gantral.Abstractions.Authority;
using Gantral.Abstractions.Commands;
using Gantral.Abstractions.Evidence;
using Gantral.Lives;

namespace Gantral.Grains.Tests.Decisions;

public sealed class JustificationTests
{
    private const string Emoji = "\U0001F680";
    private const char LoneSurrogate = '\ud83d';

    public static TheoryData<string, string> TooLittleOrTooMuch { get; } = new()
    {
        { "nothing", "" },
        { "blanks", "     " },
        { "tabs and line ends", "\t\r\n\t\r\n" },
        { "blanks that are not ASCII", "\u00a0\u2003\u3000\u2028" },
        { "two characters", "ok" },
        { "two characters in blanks", "   ok   " },
        { "two characters outside the first plane", Emoji + Emoji },
        { "4,001 characters", new string('x', 4001) },
        { "4,001 characters outside the first plane", string.Concat(Enumerable.Repeat(Emoji, 4001)) },
    };

    [Theory]
    [MemberData(nameof(TooLittleOrTooMuch))]
    public void A_decision_needs_a_justification_that_says_something(string what, string justification)
    {
        Assert.NotEmpty(what);
        foreach (var type in Enum.GetValues<DecisionType>())
        {
            var life = Stage.Waiting();
            life.RefusesWithoutTrace("justification_required", id => Decision(life, id, justification, type));
        }
    }

    [Fact]
    public void A_missing_justification_is_refused_like_an_empty_one()
    {
        var life = Stage.Waiting();
        life.RefusesWithoutTrace("justification_required", id => Decision(life, id, null!));
    }

    // Not a theory: half a pair does not survive the way from a theory's data to its test.
    [Fact]
    public void Half_a_surrogate_pair_is_refused()
    {
        foreach (var justification in new[] { $"because {LoneSurrogate}", "because \ude80 of it", "because \ude80\ud83d", "\ude80 because" })
        {
            var life = Stage.Waiting();
            life.RefusesWithoutTrace("justification_required", id => Decision(life, id, justification));
        }
    }

    [Fact]
    public void A_lone_surrogate_beside_a_replacement_character_is_refused_and_no_crash()
    {
        var life = Stage.Waiting();
        life.RefusesWithoutTrace("justification_required", id => Decision(life, id, $"because \ufffd {LoneSurrogate}"));
    }

    [Theory]
    [InlineData("yes")]
    [InlineData("\ufffd is a character, too")]
    [InlineData(Emoji + Emoji + Emoji)]
    public void A_short_justification_will_do(string justification) => Assert.Equal(justification, Committed(justification));

    [Fact]
    public void Characters_are_counted_and_not_the_units_that_hold_them()
    {
        var longest = string.Concat(Enumerable.Repeat(Emoji, 4000));
        Assert.Equal(longest, Committed(longest));
        Assert.Equal(new string('x', 4000), Committed(new string('x', 4000)));
    }

    [Theory]
    [InlineData("one\r\ntwo", "one\ntwo")]
    [InlineData("one\rtwo\nthree", "one\ntwo\nthree")]
    [InlineData("one\r\n\r\ntwo\n\r", "one\n\ntwo\n\n")]
    public void Line_ends_are_normalised_in_what_is_committed(string justification, string expected) => Assert.Equal(expected, Committed(justification));

    [Fact]
    public void Line_ends_are_counted_as_they_are_committed()
    {
        var lines = string.Concat(Enumerable.Repeat("x\r\n", 2000));
        Assert.Equal(lines.Replace("\r\n", "\n", StringComparison.Ordinal), Committed(lines));
    }

    private static string Committed(string justification)
    {
        var life = Stage.Waiting();
        var ruling = life.Rule(id => Decision(life, id, justification));
        Assert.Equal("APPROVED RESUMED", Said.Of(ruling));
        return System.Text.Json.JsonSerializer.Deserialize<string>(ruling.Payload(EventType.Approved, PrivateFieldNames.Justification)!)!;
    }

    private static Command.Decide Decision(Life life, Digest id, string justification, DecisionType type = DecisionType.Approve) =>
        life.Decision(id, "alice", type, delta: type == DecisionType.Override ? """{"percent":5}""" : null) with { Justification = justification };
}
