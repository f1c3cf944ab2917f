using Gantral.Abstractions.Evidence;
using Gantral.Abstractions.Refusals;
using Gantral.Grains.Tests.Instances;
using Gantral.Lives;

namespace Gantral.Grains.Tests.Definitions;

/// <summary>What is wrong with a policy is said with the place where it is wrong.</summary>
public sealed class PolicyFaultTests
{
    private const string Ask = "\"decision\":\"REQUIRE_HUMAN\",\"eligible_approver_roles\":[\"a\"]";

    [Theory]
    [InlineData("{}", "policy_id is missing")]
    [InlineData("[]", "The definition must be an object")]
    [InlineData("""{"policy_id":"p","version":"1","evaluator":"magic"}""", "evaluator must be 'rules', 'http' or 'all'")]
    [InlineData("""{"policy_id":"p","version":"1","evaluator":"rules"}""", "rules is missing")]
    [InlineData("""{"policy_id":"p@q","version":"1","evaluator":"rules","rules":[]}""", "policy_id must not contain @")]
    [InlineData("""{"policy_id":"p","version":7,"evaluator":"rules","rules":[]}""", "version must be a text")]
    [InlineData("""{"policy_id":" ","version":"1","evaluator":"rules","rules":[]}""", "policy_id must not be empty")]
    [InlineData("""{"policy_id":"p\u0007","version":"1","evaluator":"rules","rules":[]}""", "policy_id has control characters")]
    [InlineData("""{"policy_id":"p","version":"1","evaluator":"rules","rules":[],"comment":"hello"}""", "comment is not a field that is known here")]
    [InlineData("""{"policy_id":"p","version":"1","evaluator":"rules","rules":[],"teams":["a","a"]}""", "teams[1] repeats 'a'")]
    [InlineData("""{"policy_id":"p","version":"1","evaluator":"rules","rules":[],"owning_team_id":"search"}""", "owning_team_id is not the team that registers")]
    [InlineData("""{"policy_id":"q","version":"1","evaluator":"rules","rules":[]}""", "policy_id and version make 'q@1', not 'p@1'")]
    [InlineData("""{"policy_id":"p","version":"1","evaluator":"rules","rules":[],"default":{"decision":"MAYBE"}}""", "default.decision must be one of ALLOW, REQUIRE_HUMAN, DENY")]
    public Task A_whole_policy(string definition, string fault) => RefusesAsync(Life.Json(definition), fault);

    [Theory]
    [InlineData("\"shape\":\"opa\"", "url is missing")]
    [InlineData("\"url\":\"http://h\"", "shape is missing")]
    [InlineData("\"url\":\"http://h\",\"shape\":\"OPA\"", "shape must be one of gantral, opa")]
    [InlineData("\"url\":\"http://h\",\"shape\":\"opa\",\"timeout\":\"PT11S\"", "timeout must be at most PT10S")]
    [InlineData("\"url\":\"http://h\",\"shape\":\"opa\",\"timeout\":\"PT0S\"", "timeout must be an ISO 8601 duration")]
    [InlineData("\"url\":\"http://h\",\"shape\":\"opa\",\"method\":\"GET\"", "method is not a field that is known here")]
    [InlineData("\"url\":\"http://h\",\"shape\":\"opa\",\"rules\":[]", "rules is not a field that is known here")]
    public Task A_service(string fields, string fault) =>
        RefusesAsync(Life.Json($$"""{"policy_id":"p","version":"1","evaluator":"http",{{fields}}}"""), fault);

    [Theory]
    [InlineData("/v1/data")]
    [InlineData("//h/v1")]
    [InlineData("h:80")]
    [InlineData("file:///etc/passwd")]
    [InlineData("ftp://h/")]
    [InlineData("http://")]
    [InlineData("http:///path")]
    [InlineData("http://user@h/")]
    [InlineData("http://user:pass@h/")]
    [InlineData("http://@h/")]
    [InlineData("http://h/#part")]
    [InlineData("http://h/#")]
    [InlineData("http://h /")]
    [InlineData(" http://h/")]
    [InlineData("http:\\\\\\\\h")]
    [InlineData("http://127.0.0.1\\\\@evil.example/")]
    public Task A_url_that_two_programs_could_read_differently_or_that_is_none(string url) =>
        RefusesAsync(Life.Json($$"""{"policy_id":"p","version":"1","evaluator":"http","shape":"opa","url":"{{url}}"}"""), "url must be an absolute http or https URL");

    [Theory]
    [InlineData("[]", "members must name 1 to 16 policy versions")]
    [InlineData("\"a@1\"", "members must be a list")]
    [InlineData("[\"a@1\",\"a@1\"]", "members[1] repeats 'a@1'")]
    [InlineData("[1]", "members[0] must be a text")]
    [InlineData("[\"1\",\"2\",\"3\",\"4\",\"5\",\"6\",\"7\",\"8\",\"9\",\"10\",\"11\",\"12\",\"13\",\"14\",\"15\",\"16\",\"17\"]", "members must name 1 to 16 policy versions")]
    public Task Members(string members, string fault) =>
        RefusesAsync(Life.Json($$"""{"policy_id":"p","version":"1","evaluator":"all","members":{{members}}}"""), fault);

    [Theory]
    [InlineData("[{}]", "rules[0].when is missing")]
    [InlineData("""[{"when":{}}]""", "rules[0].decision is missing")]
    [InlineData("""[{"when":{},"decision":"ALLOW"},{"when":{"context.amount":{"gte":"1000"}},"decision":"DENY"}]""", "rules[1].when.context.amount.gte must be a number")]
    [InlineData("""[{"when":{"context.amount":{"more":1}},"decision":"DENY"}]""", "rules[0].when.context.amount.more is not a field that is known here")]
    [InlineData("""[{"when":{"context.amount":{}},"decision":"DENY"}]""", "rules[0].when.context.amount must have at least one of")]
    [InlineData("""[{"when":{"context.amount":[]},"decision":"DENY"}]""", "rules[0].when.context.amount must not be empty")]
    [InlineData("""[{"when":{"context.amount":[[1]]},"decision":"DENY"}]""", "rules[0].when.context.amount[0] must be a text, a number, true, false or null")]
    [InlineData("""[{"when":{"context.a..b":1},"decision":"DENY"}]""", "rules[0].when.context.a..b must name a path")]
    [InlineData("""[{"when":{"context.":1},"decision":"DENY"}]""", "rules[0].when.context. must name a path")]
    [InlineData("""[{"when":{"amount":1},"decision":"DENY"}]""", "rules[0].when.amount is nothing that a rule can look at")]
    [InlineData("""[{"when":{"step":1},"decision":"DENY"}]""", "rules[0].when.step must be a text")]
    [InlineData("""[{"when":{"step":{"gt":1}},"decision":"DENY"}]""", "rules[0].when.step.not is missing")]
    [InlineData("""[{"when":{"materiality":"HUGE"},"decision":"DENY"}]""", "rules[0].when.materiality must be one of LOW, MEDIUM, HIGH, CRITICAL")]
    [InlineData("""[{"when":{},"decision":"DENY","timeout":"PT1M"}]""", "rules[0].timeout is not a field that is known here")]
    public Task A_rule(string rules, string fault) => RefusesAsync(Definitions.Policy(rules), fault);

    [Theory]
    [InlineData("\"decision\":\"REQUIRE_HUMAN\"", "rules[0].eligible_approver_roles is missing")]
    [InlineData("\"decision\":\"REQUIRE_HUMAN\",\"eligible_approver_roles\":[]", "rules[0] requires a person, but eligible_approver_roles names nobody")]
    [InlineData(Ask + ",\"timeout\":\"30 minutes\"", "rules[0].timeout must be an ISO 8601 duration")]
    [InlineData(Ask + ",\"timeout\":\"-PT1M\"", "rules[0].timeout must be an ISO 8601 duration")]
    [InlineData(Ask + ",\"timeout\":\"P367D\"", "rules[0].timeout must be an ISO 8601 duration")]
    [InlineData(Ask + ",\"execute_within\":\"PT0.0001S\"", "rules[0].execute_within must be an ISO 8601 duration")]
    [InlineData(Ask + ",\"approvals_required\":0", "rules[0].approvals_required must be a whole number from 1 to 100")]
    [InlineData(Ask + ",\"approvals_required\":1.5", "rules[0].approvals_required must be a whole number from 1 to 100")]
    [InlineData(Ask + ",\"distinct_roles\":\"yes\"", "rules[0].distinct_roles must be true or false")]
    [InlineData(Ask + ",\"distinct_roles\":true,\"approvals_required\":2", "rules[0] requires more approvals in distinct roles")]
    [InlineData(Ask + ",\"on_timeout\":\"APPROVE\"", "rules[0].on_timeout must be one of FAIL_CLOSED, ESCALATE")]
    [InlineData(Ask + ",\"on_timeout\":\"ESCALATE\",\"escalation_roles\":[\"b\"]", "rules[0] escalates on a timeout, but gives no timeout")]
    [InlineData(Ask + ",\"on_timeout\":\"ESCALATE\",\"timeout\":\"PT1M\"", "rules[0] escalates on a timeout, but escalation_roles names nobody")]
    public Task What_a_rule_says(string then, string fault) => RefusesAsync(Definitions.PolicyWhen("{}", then), fault);

    [Fact]
    public Task A_name_that_is_too_long() =>
        RefusesAsync(Definitions.Policy(rest: $",\"teams\":[\"{new string('a', 201)}\"]"), "teams[0] is longer than 200 characters");

    private static async Task RefusesAsync(CanonicalBytes definition, string fault)
    {
        var house = await House.OpenAsync();
        var commits = house.Ledger.Commits;
        var registration = await house.Grains.Policy("p@1").RegisterAsync(House.Caller("p", "author-1"), House.Team, definition);

        Assert.StartsWith(fault, registration.Refusal!.Message, StringComparison.Ordinal);
        Assert.Equal(RefusalCode.InvalidBody, registration.Refusal.Code);
        Assert.Null(registration.Version);
        Assert.Equal(commits, house.Ledger.Commits);
    }
}
