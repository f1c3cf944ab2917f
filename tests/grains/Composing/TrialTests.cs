using Gantral.Abstractions.Authority;
using Gantral.Abstractions.Policy;
using Gantral.Grains.Tests.Instances;
using Gantral.Lives;

namespace Gantral.Grains.Tests.Composing;

/// <summary>What a dry run tells beyond the answer. The answer is the one that execution would get.</summary>
public sealed class TrialTests
{
    private const string Rules =
        """
        {"policy_id":"rules","version":"1","evaluator":"rules","default":{"decision":"ALLOW"},"rules":[
         {"when":{"step":"other"},"decision":"DENY"},
         {"when":{"step":"deploy","context.amount":{"gte":10}},"decision":"DENY"},
         {"when":{"step":"deploy"},"decision":"REQUIRE_HUMAN","eligible_approver_roles":["sre"]},
         {"when":{"step":"deploy"},"decision":"DENY"}]}
        """;

    [Theory]
    [InlineData("other", 1, "rules[0]")]
    [InlineData("deploy", 10, "rules[1]")]
    [InlineData("deploy", 9, "rules[2]")]
    [InlineData("plan", 10, "default")]
    public async Task The_rule_that_spoke_is_named_and_the_answer_is_the_one_of_execution(string step, int amount, string rule)
    {
        var house = await House.OpenAsync();
        Assert.Null((await house.Grains.Policy("rules@1").RegisterAsync(House.Agent("rules"), "payments", Life.Json(Rules))).Refusal);
        var question = Question("rules@1") with { Step = step, ExecutionContext = Life.Json($$"""{"amount":{{amount}}}""") };

        var trial = await house.Grains.Policy("rules@1").TryAsync(question);

        Assert.Equal((rule, "rules@1"), (trial.Rule, trial.PolicyVersionId));
        Assert.Equal(await house.Grains.Policy("rules@1").AskAsync(question), trial.Answer);
    }

    [Fact]
    public async Task A_version_that_does_not_exist_gives_no_answer() =>
        Assert.IsType<PolicyAnswer.Unavailable>((await (await House.OpenAsync()).Grains.Policy("nothing@1").TryAsync(Question("nothing@1"))).Answer);

    private static PolicyQuestion Question(string id) => new()
    {
        WorkflowId = "deploy",
        WorkflowVersion = "3",
        Materiality = Materiality.High,
        CurrentState = ExecutionState.Running,
        ActorId = "agent-7",
        Roles = [],
        ExecutionContext = Life.Json("{}"),
        PolicyVersionId = id,
    };
}
