using Gantral.Abstractions.Evidence;
using Gantral.Abstractions.Refusals;
using Gantral.Grains.Tests.Instances;
using Gantral.Lives;

namespace Gantral.Grains.Tests.Definitions;

/// <summary>What is wrong with a workflow is said with the place where it is wrong.</summary>
public sealed class WorkflowFaultTests
{
    [Theory]
    [InlineData("{}", "workflow_id is missing")]
    [InlineData("""{"workflow_id":"w","version":"1","materiality":"HUGE"}""", "materiality must be one of")]
    [InlineData("""{"workflow_id":"w","version":"1","materiality":"LOW","policy_version_id":"p@1","steps":[]}""", "queue is missing")]
    [InlineData("""{"workflow_id":"w@v","version":"1","materiality":"LOW","policy_version_id":"p@1","queue":"q","steps":[]}""", "workflow_id must not contain @")]
    [InlineData("""{"workflow_id":"w","version":"2","materiality":"LOW","policy_version_id":"p@1","queue":"q","steps":[]}""", "workflow_id and version make 'w@2', not 'w@1'")]
    public Task A_whole_workflow(string definition, string fault) => RefusesAsync(Life.Json(definition), fault);

    [Theory]
    [InlineData("{}", "steps must be a list")]
    [InlineData("[\"plan\"]", "steps[0] must be an object")]
    [InlineData("[{}]", "steps[0].step is missing")]
    [InlineData("""[{"step":"a"},{"step":"a"}]""", "steps[1].step repeats 'a'")]
    [InlineData("""[{"step":"a","after":["b"]}]""", "steps[0].after names 'b', which is no step")]
    [InlineData("""[{"step":"a","after":["a"]}]""", "steps[0].after leads back to 'a' in a ring")]
    [InlineData("""[{"step":"x"},{"step":"a","after":["c"]},{"step":"b","after":["a"]},{"step":"c","after":["b"]}]""", "steps[1].after leads back to 'a' in a ring")]
    [InlineData("""[{"step":"a","governed":1}]""", "steps[0].governed must be true or false")]
    [InlineData("""[{"step":"a","retries":1}]""", "steps[0].retries is not a field that is known here")]
    public Task A_step(string steps, string fault) => RefusesAsync(Definitions.Workflow(steps), fault);

    [Theory]
    [InlineData(",\"mode\":\"IGNORE\"", "mode must be one of ENFORCE, OBSERVE")]
    [InlineData(",\"default_approver_roles\":[\"a\",\"a\"]", "default_approver_roles[1] repeats 'a'")]
    [InlineData(",\"default_approver_roles\":[\"\"]", "default_approver_roles[0] must not be empty")]
    [InlineData(",\"triggers\":[{}]", "triggers[0].type is missing")]
    [InlineData(",\"owning_team_id\":\"search\"", "owning_team_id is not the team that registers")]
    [InlineData(",\"connections\":{}", "connections must be a list")]
    [InlineData(",\"connections\":[\"payments-api\"]", "connections[0] must be a connection and its version, such as payments-api@1")]
    [InlineData(",\"connections\":[\"a@1\",\"b@\"]", "connections[1] must be a connection and its version")]
    [InlineData(",\"connections\":[\"a@1@2\"]", "connections[0] must be a connection and its version")]
    [InlineData(",\"connections\":[\"payments-api@1\",\"payments-api@2\"]", "connections[1] would be GANTRAL_CONNECTION_PAYMENTS_API in the environment of the work, as 'payments-api@1' is")]
    [InlineData(",\"connections\":[\"payments-api@1\",\"Payments.API@1\"]", "connections[1] would be GANTRAL_CONNECTION_PAYMENTS_API")]
    [InlineData(",\"prompt\":\"be careful\"", "prompt is not a field that is known here")]
    public Task The_rest(string rest, string fault) => RefusesAsync(Definitions.Workflow(rest: rest), fault);

    private static async Task RefusesAsync(CanonicalBytes definition, string fault)
    {
        var house = await House.OpenAsync();
        var registration = await house.Grains.Workflow("w", "1").RegisterAsync(House.Caller("w", "author-1"), House.Team, definition);

        Assert.StartsWith(fault, registration.Refusal!.Message, StringComparison.Ordinal);
        Assert.Equal(RefusalCode.InvalidBody, registration.Refusal.Code);
        Assert.Null(registration.Version);
    }
}
