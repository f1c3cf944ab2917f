using Gantral.Abstractions.Definitions;
using Gantral.Grains.Tests.Instances;

namespace Gantral.Grains.Tests.Definitions;

/// <summary>What starts a workflow is understood when it is registered, or refused with the field that is wrong.</summary>
public sealed class TriggerFaultTests
{
    [Theory]
    [InlineData("""{"type":"schedule"}""", "triggers[0].cron is missing")]
    [InlineData("""{"type":"schedule","cron":"0 9 * * 1-5"}""", "triggers[0].time_zone is missing")]
    [InlineData("""{"type":"schedule","cron":"0 25 * * *","time_zone":"UTC"}""", "triggers[0].cron is wrong in its hour: '25'")]
    [InlineData("""{"type":"schedule","cron":5,"time_zone":"UTC"}""", "triggers[0].cron must be a text")]
    [InlineData("""{"type":"schedule","cron":"0 9 * * *","time_zone":"Mars/Olympus"}""", "triggers[0].time_zone 'Mars/Olympus' is not known here")]
    [InlineData("""{"type":"schedule","cron":"0 9 * * *","time_zone":"UTC","missed":"guess"}""", "triggers[0].missed must be one of skip, run_once, run_all")]
    [InlineData("""{"type":"schedule","cron":"0 9 * * *","time_zone":"UTC","jitter":1}""", "triggers[0].jitter is not a field that is known here")]
    [InlineData("""{"type":"webhook"}""", "triggers[0].hook_id is missing")]
    [InlineData("""{"type":"webhook","hook_id":"a/b","scheme":"github","secret":"file://s"}""", "triggers[0].hook_id must be 1 to 100 letters")]
    [InlineData("""{"type":"webhook","hook_id":"a","scheme":"plain","secret":"file://s"}""", "triggers[0].scheme must be one of github")]
    [InlineData("""{"type":"webhook","hook_id":"a","scheme":"github","secret":"hunter2"}""", "triggers[0].secret must be a reference to a file")]
    [InlineData("""{"type":"webhook","hook_id":"a","scheme":"github","secret":"file://../s"}""", "triggers[0].secret must be a reference to a file")]
    [InlineData("""{"type":"webhook","hook_id":"a","scheme":"github","secret":"file://s","context":{"all":""}}""", "triggers[0].context.all must be a JSON pointer to one value")]
    [InlineData("""{"type":"webhook","hook_id":"a","scheme":"github","secret":"file://s","context":{"all":"repository"}}""", "triggers[0].context.all must be a JSON pointer to one value")]
    [InlineData("""{"type":"api","cron":"0 9 * * *"}""", "triggers[0].cron is not a field that is known here")]
    public async Task A_trigger(string trigger, string fault)
    {
        var house = await House.OpenAsync();
        var refused = await house.Grains.Workflow("w", "1").RegisterAsync(House.Caller("w", "author-1"), House.Team, Definitions.Workflow(rest: $",\"triggers\":[{trigger}]"));

        Assert.StartsWith(fault, refused.Refusal!.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_understood_is_kept_in_the_authors_order()
    {
        var house = await House.OpenAsync();
        var registered = await house.Grains.Workflow("w", "1").RegisterAsync(House.Caller("w", "author-1"), House.Team, Definitions.Workflow(policy: "deploy-guard@7", rest: """
            ,"triggers":[{"type":"api"},{"type":"schedule","cron":"0 9 * * 1-5","time_zone":"UTC","missed":"run_all"},
             {"type":"webhook","hook_id":"deploys","scheme":"github","secret":"file://hooks/s","events":["push"],"context":{"branch":"/ref"}}]
            """));

        Assert.Null(registered.Refusal);
        Assert.Collection(
            registered.Version!.Triggers,
            trigger => Assert.Equal(new WorkflowTrigger.Shown("api"), trigger),
            trigger => Assert.Equal(new WorkflowTrigger.Schedule("0 9 * * 1-5", "UTC", MissedFirings.RunAll), trigger),
            trigger =>
            {
                var hook = Assert.IsType<WorkflowTrigger.Webhook>(trigger);
                Assert.Equal(("deploys", WebhookScheme.Github, "file://hooks/s", "push", "/ref"), (hook.HookId, hook.Scheme, hook.Secret.Text, Assert.Single(hook.Events), hook.Context["branch"]));
            });
    }
}
