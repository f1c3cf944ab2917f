using Gantral.Abstractions.Authority;
using Gantral.Abstractions.Definitions;
using Gantral.Abstractions.Grains;
using Gantral.Abstractions.Policy;
using Gantral.Abstractions.Refusals;
using Gantral.Grains.Tests.Instances;
using Gantral.Lives;

namespace Gantral.Grains.Tests.Definitions;

/// <summary>Versions are written once. Everybody reads the same from then on.</summary>
public sealed class RegistrationTests
{
    [Fact]
    public async Task A_version_is_read_as_it_was_registered_by_every_process()
    {
        var house = await House.OpenAsync();
        var here = (await house.Grains.Workflow("deploy", "3").ReadAsync())!;
        var there = (await house.NewProcess().Workflow("deploy", "3").ReadAsync())!;
        var policy = (await house.NewProcess().Policy("deploy-guard@7").ReadAsync())!;

        Assert.Equal(here.Binding, there.Binding);
        Assert.Equal(("payments-agents", Mode.Enforce, Materiality.High), (there.Queue, there.Binding.Mode, there.Binding.Materiality));
        Assert.Equal(["plan", "deploy"], there.Steps.Select(step => step.Step));
        Assert.Equal(["plan"], there.Steps[1].After.AsEnumerable());
        Assert.Equal((policy.Reference.PolicyHash, "platform", "author-1"), (there.Binding.PolicyHash, policy.OwningTeamId, there.RegisteredBy.Id));
        house.MustBeValid();
    }

    [Fact]
    public async Task The_same_content_again_is_the_version_as_it_is()
    {
        var house = await House.OpenAsync();
        var first = await RegisterPolicyAsync(house, "first");
        var commits = house.Ledger.Commits;

        Assert.Same(first.Version, (await RegisterPolicyAsync(house, "second")).Version);
        Assert.Equal(commits, house.Ledger.Commits);
    }

    [Fact]
    public async Task Other_content_of_the_same_version_is_refused()
    {
        var house = await House.OpenAsync();
        await RegisterPolicyAsync(house, "first");

        Assert.Equal(RefusalCode.VersionExists, (await RegisterPolicyAsync(house, "second", rules: """[{"when":{},"decision":"DENY"}]""")).Refusal!.Code);
        Assert.Equal(RefusalCode.VersionExists, (await RegisterPolicyAsync(house, "third", team: "search")).Refusal!.Code);
        Assert.Equal(RefusalCode.IdempotencyConflict, (await RegisterPolicyAsync(house, "first", request: "other", rules: """[{"when":{},"decision":"DENY"}]""")).Refusal!.Code);
    }

    [Fact]
    public async Task Two_processes_that_register_at_once_agree()
    {
        var house = await House.OpenAsync();
        house.Ledger.OnCommit = _ => LedgerFault.HeldBefore;
        var here = RegisterPolicyAsync(house, "here");
        var there = RegisterPolicyAsync(house, "there", grains: house.NewProcess());
        house.Ledger.Release(1);
        house.Ledger.Release();

        Assert.Equal((await here).Version!.RegisteredAt, (await there).Version!.RegisteredAt);
    }

    [Theory]
    [InlineData(LedgerFault.Unavailable, RefusalCode.StorageUnavailable)]
    [InlineData(LedgerFault.Overloaded, RefusalCode.Overloaded)]
    [InlineData(LedgerFault.Rejected, RefusalCode.EvidenceFailure)]
    [InlineData(LedgerFault.Conflict, RefusalCode.Overloaded)]
    public async Task What_the_ledger_did_not_take_is_not_registered(LedgerFault fault, RefusalCode code)
    {
        var house = await House.OpenAsync();
        house.Ledger.OnCommit = _ => fault;

        Assert.Equal(code, (await RegisterPolicyAsync(house, "first")).Refusal!.Code);
        Assert.Null(await house.Grains.Policy("p@1").ReadAsync());
    }

    [Fact]
    public async Task A_workflow_binds_only_a_policy_that_its_team_owns_or_is_lent()
    {
        var house = await House.OpenAsync();
        await RegisterPolicyAsync(house, "p", team: "search");
        var workflow = house.Grains.Workflow("w", "1");

        Assert.Equal(RefusalCode.NotFound, (await workflow.RegisterAsync(House.Caller("w1", "author-1"), House.Team, Definitions.Workflow())).Refusal!.Code);
        Assert.Equal(RefusalCode.NotFound, (await workflow.RegisterAsync(House.Caller("w2", "author-1"), House.Team, Definitions.Workflow(policy: "nothing@1"))).Refusal!.Code);
        Assert.Null((await workflow.RegisterAsync(House.Caller("w3", "author-1"), "search", Definitions.Workflow())).Refusal);
    }

    [Fact]
    public async Task The_connections_that_a_workflow_names_are_part_of_its_content()
    {
        var house = await House.OpenAsync();
        await RegisterPolicyAsync(house, "p");
        var with = Definitions.Workflow(rest: ",\"connections\":[\"payments-api@1\",\"db@2\"]");
        var first = await house.Grains.Workflow("w", "1").RegisterAsync(House.Caller("w1", "author-1"), House.Team, with);
        var other = await house.Grains.Workflow("w", "1").RegisterAsync(House.Caller("w2", "author-1"), House.Team, Definitions.Workflow(rest: ",\"connections\":[\"payments-api@2\",\"db@2\"]"));
        var read = (await house.NewProcess().Workflow("w", "1").ReadAsync())!;

        Assert.Null(first.Refusal);
        Assert.Equal(RefusalCode.VersionExists, other.Refusal!.Code);
        Assert.Equal([new UsedConnection("payments-api", "1"), new UsedConnection("db", "2")], read.Connections.AsEnumerable());
        Assert.Equal(first.Version!.Binding.WorkflowHash, read.Binding.WorkflowHash);
        house.MustBeValid();
    }

    [Fact]
    public async Task A_policy_with_the_longest_name_there_is_can_be_bound()
    {
        var house = await House.OpenAsync();
        var name = new string('p', 200);
        Assert.Null((await house.Grains.Policy($"{name}@{name}").RegisterAsync(House.Caller("p", "author-1"), House.Team, Definitions.Policy(id: name, version: name))).Refusal);

        Assert.Null((await house.Grains.Workflow("w", "1").RegisterAsync(House.Caller("w", "author-1"), House.Team, Definitions.Workflow(policy: $"{name}@{name}"))).Refusal);
    }

    [Fact]
    public async Task A_version_that_does_not_exist_is_none_and_its_policy_is_unavailable()
    {
        var house = await House.OpenAsync();

        Assert.Null(await house.Grains.Workflow("nothing", "1").ReadAsync());
        Assert.Null(await house.Grains.Policy("nothing@1").ReadAsync());
        Assert.IsType<PolicyAnswer.Unavailable>(await house.Grains.Policy("nothing@1").AskAsync(RulesTests.Question("{}")));
    }

    [Fact]
    public async Task A_version_that_many_ask_for_at_once_is_read_once()
    {
        var house = await House.OpenAsync();
        var grain = house.NewProcess().Policy("deploy-guard@7");
        var reads = house.Ledger.Reads;

        await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => Task.Run(async () => Assert.NotNull(await grain.ReadAsync()))));

        Assert.Equal(reads + 1, house.Ledger.Reads);
    }

    private static async Task<Registration<PolicyVersion>> RegisterPolicyAsync(
        House house, string key, string? request = null, string rules = "[]", string team = House.Team, PlainGrains? grains = null) =>
        await (grains ?? house.Grains).Policy("p@1").RegisterAsync(
            House.Caller(key, "author-1") with { Key = House.Key(key, request) }, team, Definitions.Policy(rules));
}
