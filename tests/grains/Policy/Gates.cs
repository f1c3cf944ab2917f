using Gantral.Abstractions.Authority;
using Gantral.Abstractions.Commands;
using Gantral.Abstractions.Policy;
using Gantral.Grains.Authority;
using Gantral.Lives;

namespace Gantral.Grains.Tests.Policy;

/// <summary>The two places where policy is asked, in one line each: the start and the step, and what comes of them.</summary>
internal static class Gates
{
    public static PolicyAnswer Unavailable { get; } = new PolicyAnswer.Unavailable();

    public static PolicyAnswer Conflicting { get; } = new PolicyAnswer.Conflicting();

    /// <summary>What the start says to an answer, after CREATED.</summary>
    public static Ruling Start(PolicyAnswer answer, Mode mode = Mode.Enforce, Materiality materiality = Materiality.High, WorkflowTerms? terms = null)
    {
        var life = Stage.Life(mode, materiality, terms).Create(null);
        return life.Rule(id => new Command.Start(Life.Agent, id, answer));
    }

    /// <summary>What the step 'deploy' says to an answer.</summary>
    public static Ruling Step(PolicyAnswer answer, Mode mode = Mode.Enforce, Materiality materiality = Materiality.High, WorkflowTerms? terms = null)
    {
        var life = Stage.Life(mode, materiality, terms).Create(Life.Allow);
        return life.Rule(id => new Command.RequestAuthority(Life.Agent, id, "deploy", Life.Json("""{"amount":1}"""), answer));
    }
}
