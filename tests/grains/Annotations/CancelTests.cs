using Gantral.Abstractions.Authority;
using Gantral.Abstractions.Commands;
using Gantral.Abstractions.Evidence;
using Gantral.Lives;

namespace Gantral.Grains.Tests.Annotations;

public sealed class CancelTests
{
    [Fact]
    public void A_cancellation_needs_no_justification()
    {
        var ruling = Stage.Waiting().Rule(id => new Command.Cancel(Life.Agent, id, null));
        Assert.Equal("TERMINATED(CANCELLED)", Said.Of(ruling));
        Assert.Empty(ruling.Entries[0].Payload);
    }

    [Fact]
    public void The_justification_of_a_cancellation_is_committed_with_its_line_ends_normalised()
    {
        var ruling = Stage.Waiting().Rule(id => new Command.Cancel(Life.Agent, id, "not\r\nwanted"));
        Assert.Equal("\"not\\nwanted\"", ruling.Payload(EventType.Terminated, PrivateFieldNames.Justification));
    }

    [Fact]
    public void A_cancellation_whose_justification_cannot_be_written_is_refused_and_no_crash()
    {
        foreach (var justification in new[] { "because \ud83d", new string('x', 4001), "  " })
        {
            var life = Stage.Waiting();
            life.RefusesWithoutTrace("justification_required", id => new Command.Cancel(Life.Agent, id, justification));
        }
    }
}
