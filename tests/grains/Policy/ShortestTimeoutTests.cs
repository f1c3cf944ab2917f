using Gantral.Lives;

namespace Gantral.Grains.Tests.Policy;

public sealed class ShortestTimeoutTests
{
    // Instants have milliseconds: less than one would be a deadline at the very moment of the question.
    [Theory]
    [InlineData(1)]
    [InlineData(9_999)]
    public void A_timeout_of_less_than_a_millisecond_is_no_time_at_all(long ticks)
    {
        Assert.Equal("TERMINATED(CONFLICTING_POLICY)", Said.Of(Gates.Step(Life.Ask(TimeSpan.FromTicks(ticks)))));
        Assert.Equal("TERMINATED(CONFLICTING_POLICY)", Said.Of(Gates.Step(Life.Ask(executeWithin: TimeSpan.FromTicks(ticks)))));
    }
}
