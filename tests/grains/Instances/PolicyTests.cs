using Gantral.Abstractions.Authority;
using Gantral.Abstractions.Definitions;
using Gantral.Abstractions.Evidence;
using Gantral.Abstractions.Policy;
using Gantral.Abstractions.Refusals;
using Gantral.Lives;

namespace Gantral.Grains.Tests.Instances;

/// <summary>When policy is asked, and about what.</summary>
public sealed class PolicyTests
{
    [Fact]
    public async Task A_start_is_asked_about_with_the_trigger_context_and_no_step()
    {
        var (house, policy) = await OpenAsync(_ => Life.Allow);
        await house.RunningAsync();

        var question = Assert.Single(policy.Asked);
        Assert.Equal((ExecutionState.Created, null, """{"change":"CHG-1"}"""), (question.CurrentState, question.Step, question.ExecutionContext.ToString()));
        Assert.Equal(("deploy", "3", "deploy-guard@7", Materiality.High), (question.WorkflowId, question.WorkflowVersion, question.PolicyVersionId, question.Materiality));
        Assert.Equal((Life.Agent.Id, false), (question.ActorId, question.DryRun));
    }

    [Fact]
    public async Task What_policy_sees_is_what_the_entry_binds()
    {
        var (house, policy) = await OpenAsync(_ => Life.Allow);
        var reply = await House.AskAsync(await house.RunningAsync(), "ask");

        var shown = house.Log.Entries[^1].Payload.Single(field => field.Name == PrivateFieldNames.ContextSnapshot);
        Assert.Equal(policy.Asked[^1].ExecutionContext, shown.Value);
        Assert.Equal(("deploy", reply.Instance!.InstanceId), (policy.Asked[^1].Step, policy.Asked[^1].InstanceId));
    }

    [Fact]
    public async Task After_a_conflict_policy_is_asked_again()
    {
        var (house, policy) = await OpenAsync(_ => Life.Allow);
        var grain = await house.RunningAsync();
        var conflicts = 2;
        house.Ledger.OnCommit = _ => conflicts-- > 0 ? LedgerFault.Conflict : LedgerFault.None;

        Assert.Null((await House.AskAsync(grain, "ask")).Refusal);
        Assert.Equal(4, policy.Asked.Count);
    }

    [Fact]
    public async Task Policy_is_not_asked_where_its_answer_could_not_matter()
    {
        var (house, policy) = await OpenAsync(question => question.Step is null ? Life.Allow : Life.Ask());
        var grain = await house.WaitingAsync();
        var asked = policy.Asked.Count;

        Assert.Equal(RefusalCode.InvalidTransition, (await House.AskAsync(grain, "ask again")).Refusal!.Code);
        Assert.Equal(RefusalCode.InvalidTransition, (await grain.StartAsync(House.Agent("start"))).Refusal!.Code);
        Assert.Equal(asked, policy.Asked.Count);
    }

    [Fact]
    public async Task A_policy_of_other_content_than_the_bound_one_is_no_policy()
    {
        var (house, policy) = await OpenAsync(_ => Life.Allow, version => version with { Reference = version.Reference with { PolicyHash = House.Hash("forged") } });
        var grain = house.Grains.Instance(house.Moments.Next().NewId);

        var reply = await grain.CreateAsync(House.Agent("create"), House.Creation());

        Assert.Equal((ExecutionState.Terminated, Reason.PolicyUnavailable), (reply.Instance!.State, reply.Instance.Reason));
        Assert.Empty(policy.Asked);
    }

    private static async Task<(House House, ScriptedPolicy Policy)> OpenAsync(Func<PolicyQuestion, PolicyAnswer> answer, Func<PolicyVersion, PolicyVersion>? change = null)
    {
        var house = await House.OpenAsync();
        var version = (await house.Grains.Policy("deploy-guard@7").ReadAsync())!;
        var policy = new ScriptedPolicy(change?.Invoke(version) ?? version, answer);
        house.Grains.Policed = policy;
        return (house, policy);
    }
}
