using Gantral.Abstractions.Authority;
using Gantral.Abstractions.Policy;
using Gantral.Grains.Tests.Instances;
using Gantral.Lives;

namespace Gantral.Grains.Tests.Definitions;

/// <summary>What rules say to questions. The rule of these tests denies, and everything else is allowed.</summary>
public sealed class RulesTests
{
    [Theory]
    [InlineData("\"production\"", "{\"v\":\"production\"}", true)]
    [InlineData("\"production\"", "{\"v\":\"staging\"}", false)]
    [InlineData("[\"production\",\"staging\"]", "{\"v\":\"staging\"}", true)]
    [InlineData("[\"production\",7]", "{\"v\":7}", true)]
    [InlineData("7", "{\"v\":\"7\"}", false)]
    [InlineData("7", "{\"v\":7.0}", true)]
    [InlineData("0.1", "{\"v\":1e-1}", true)]
    [InlineData("true", "{\"v\":true}", true)]
    [InlineData("true", "{\"v\":false}", false)]
    [InlineData("null", "{\"v\":null}", true)]
    [InlineData("null", "{}", false)]
    [InlineData("\"caf\\u00e9 \\u0007\"", "{\"v\":\"café \\u0007\"}", true)]
    [InlineData("{\"gte\":1000}", "{\"v\":1000}", true)]
    [InlineData("{\"gte\":1000}", "{\"v\":999.9999999999999}", false)]
    [InlineData("{\"gt\":1000}", "{\"v\":1000}", false)]
    [InlineData("{\"gt\":9007199254740991}", "{\"v\":9007199254740992}", true)]
    [InlineData("{\"gt\":1e300}", "{\"v\":1.0000000000000002e300}", true)]
    [InlineData("{\"lt\":-1}", "{\"v\":-1.5}", true)]
    [InlineData("{\"lte\":-1.5}", "{\"v\":-1.5}", true)]
    [InlineData("{\"gt\":1,\"lt\":3}", "{\"v\":2}", true)]
    [InlineData("{\"gt\":1,\"lt\":3}", "{\"v\":3}", false)]
    [InlineData("{\"gt\":1,\"not\":2}", "{\"v\":2}", false)]
    [InlineData("{\"gte\":0}", "{\"v\":\"1000\"}", false)]
    [InlineData("{\"gte\":0}", "{}", false)]
    [InlineData("{\"not\":\"production\"}", "{\"v\":\"staging\"}", true)]
    [InlineData("{\"not\":[\"production\",\"staging\"]}", "{\"v\":\"staging\"}", false)]
    [InlineData("{\"not\":\"production\"}", "{}", true)]
    [InlineData("{\"not\":1,\"gt\":0}", "{}", false)]
    [InlineData("\"x\"", "{\"v\":{\"w\":\"x\"}}", false)]
    [InlineData("\"x\"", "[\"x\"]", false)]
    public async Task A_value_of_the_context(string test, string context, bool matches) =>
        Assert.Equal(matches, await MatchesAsync($$"""{"context.v":{{test}}}""", Question(context)));

    [Theory]
    [InlineData("{\"context.a.b\":1}", "{\"a\":{\"b\":1}}", true)]
    [InlineData("{\"context.a.b\":1}", "{\"a\":{\"c\":1}}", false)]
    [InlineData("{\"context.a.b\":1}", "{\"a\":1}", false)]
    [InlineData("{\"context.a.b\":1}", "{\"a.b\":1}", false)]
    [InlineData("{\"context.a.b\":1,\"context.a.c\":2}", "{\"a\":{\"b\":1,\"c\":2}}", true)]
    [InlineData("{\"context.a.b\":1,\"context.a.c\":2}", "{\"a\":{\"b\":1,\"c\":3}}", false)]
    [InlineData("{\"context.a\":{\"not\":1},\"context.a.b\":1}", "{\"a\":{\"b\":1}}", true)]
    [InlineData("{\"context.\\\"q\\\"\":1}", "{\"\\\"q\\\"\":1}", true)]
    public async Task A_path_in_the_context(string when, string context, bool matches) =>
        Assert.Equal(matches, await MatchesAsync(when, Question(context)));

    [Theory]
    [InlineData("{\"step\":\"deploy\"}", "deploy", true)]
    [InlineData("{\"step\":[\"plan\",\"deploy\"]}", "deploy", true)]
    [InlineData("{\"step\":\"deploy\"}", "plan", false)]
    [InlineData("{\"step\":\"deploy\"}", null, false)]
    [InlineData("{\"step\":{\"not\":\"deploy\"}}", "plan", true)]
    [InlineData("{\"step\":{\"not\":\"deploy\"}}", null, false)]
    [InlineData("{\"materiality\":[\"HIGH\",\"CRITICAL\"]}", "deploy", true)]
    [InlineData("{\"materiality\":\"LOW\"}", "deploy", false)]
    [InlineData("{\"workflow_id\":\"w\"}", "deploy", true)]
    [InlineData("{\"actor_id\":{\"not\":\"agent-7\"}}", "deploy", false)]
    [InlineData("{\"role\":\"gantral.operator\"}", "deploy", true)]
    [InlineData("{\"role\":\"cto\"}", "deploy", false)]
    [InlineData("{\"role\":{\"not\":\"gantral.operator\"}}", "deploy", false)]
    [InlineData("{\"role\":{\"not\":\"cto\"}}", "deploy", true)]
    [InlineData("{}", null, true)]
    public async Task The_question_itself(string when, string? step, bool matches) =>
        Assert.Equal(matches, await MatchesAsync(when, Question("{}", step)));

    [Fact]
    public async Task The_first_rule_that_matches_wins()
    {
        const string Rules = """[{"when":{"context.a":2},"decision":"DENY"},{"when":{"context.a":1},"decision":"ALLOW"},{"when":{},"decision":"DENY"}]""";

        Assert.Equal(PolicyDecision.Allow, (await AdviceAsync(Rules, "", Question("{\"a\":1}"))).Decision);
    }

    [Fact]
    public async Task Where_nothing_matches_and_nothing_is_said_it_is_denied() =>
        Assert.Equal(PolicyDecision.Deny, (await AdviceAsync("[]", "", Question("{}"))).Decision);

    [Fact]
    public async Task All_that_a_rule_says_is_said()
    {
        const string Rules = """
            [{"when":{},"decision":"REQUIRE_HUMAN","eligible_approver_roles":["a","b"],"escalation_roles":["c"],"timeout":"PT30M","on_timeout":"ESCALATE",
              "approvals_required":2,"distinct_roles":true,"execute_within":"P1DT0.5S"}]
            """;
        var advice = await AdviceAsync(Rules, "", Question("{}"));

        Assert.Equal(["a", "b"], advice.EligibleApproverRoles.AsEnumerable());
        Assert.Equal(["c"], advice.EscalationRoles.AsEnumerable());
        Assert.Equal(
            (PolicyDecision.RequireHuman, TimeSpan.FromMinutes(30), OnTimeout.Escalate, 2, true, TimeSpan.FromDays(1) + TimeSpan.FromMilliseconds(500)),
            (advice.Decision, advice.Timeout, advice.OnTimeout, advice.ApprovalsRequired, advice.DistinctRoles, advice.ExecuteWithin));
    }

    [Fact]
    public async Task Equal_questions_get_equal_answers_however_many_ask()
    {
        var house = await House.OpenAsync();
        var grain = house.Grains.Policy("deploy-guard@7");
        await grain.ReadAsync();
        var answers = await Task.WhenAll(Enumerable.Range(0, 100).Select(_ => Task.Run(async () => await grain.AskAsync(Question("{}", "deploy")))));

        Assert.Single(answers.Distinct());
    }

    internal static PolicyQuestion Question(string context, string? step = "deploy") => new()
    {
        WorkflowId = "w",
        WorkflowVersion = "1",
        Materiality = Materiality.High,
        CurrentState = ExecutionState.Running,
        ActorId = "agent-7",
        Roles = ["gantral.operator", "reader"],
        Step = step,
        ExecutionContext = Life.Json(context),
        PolicyVersionId = "p@1",
    };

    private static async Task<bool> MatchesAsync(string when, PolicyQuestion question) =>
        (await AdviceAsync($$"""[{"when":{{when}},"decision":"DENY"}]""", ",\"default\":{\"decision\":\"ALLOW\"}", question)).Decision == PolicyDecision.Deny;

    private static async Task<PolicyAdvice> AdviceAsync(string rules, string rest, PolicyQuestion question)
    {
        var house = await House.OpenAsync();
        var grain = house.Grains.Policy("p@1");
        var registration = await grain.RegisterAsync(House.Caller("p", "author-1"), House.Team, Definitions.Policy(rules, rest));
        Assert.True(registration.Refusal is null, registration.Refusal?.Message);
        return Assert.IsType<PolicyAnswer.Advised>(await grain.AskAsync(question)).Advice;
    }
}
