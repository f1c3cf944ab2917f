using Gantral.Abstractions.Authority;
using Gantral.Abstractions.Grains;
using Gantral.Abstractions.Refusals;
using Gantral.Grains.Tests.Instances;
using Gantral.Lives;

namespace Gantral.Grains.Tests.Settings;

/// <summary>What the operator's settings make of the instances of a team, whatever the team binds.</summary>
public sealed class GoverningTests
{
    [Fact]
    public async Task A_team_cannot_bind_its_way_around_a_required_policy()
    {
        var house = await OpenAsync();
        await RulesAsync(house, "base", """{"when":{"step":"plan"},"decision":"DENY"}""");
        await WriteAsync(house, "required_policies/payments/LOW", """["base@1"]""");

        var grain = await CreateAsync(house);
        var reply = await grain.RequestAuthorityAsync(House.Agent("ask"), "plan", Life.Json("{}"));

        Assert.Equal((ExecutionState.Terminated, Reason.PolicyDenied), (reply.Instance!.State, reply.Instance.Reason));
        Assert.Equal("base@1", Assert.Single(reply.Instance.Binding.RequiredPolicies).PolicyVersionId);
        house.MustBeValid();
    }

    [Fact]
    public async Task Two_policies_that_disagree_about_who_decides_end_it()
    {
        var house = await OpenAsync();
        await RulesAsync(house, "base", """{"when":{"step":"deploy"},"decision":"REQUIRE_HUMAN","eligible_approver_roles":["cfo"]}""");
        await WriteAsync(house, "required_policies/*/LOW", """["base@1"]""");

        var reply = await (await CreateAsync(house)).RequestAuthorityAsync(House.Agent("ask"), "deploy", Life.Json("{}"));

        Assert.Equal((ExecutionState.Terminated, Reason.ConflictingPolicy), (reply.Instance!.State, reply.Instance.Reason));
        house.MustBeValid();
    }

    [Fact]
    public async Task A_policy_that_is_always_away_is_no_way_around_who_a_required_one_names()
    {
        var house = await OpenAsync("""{"policy_id":"own","version":"1","evaluator":"http","url":"http://127.0.0.1:1/","shape":"opa"}""");
        await RulesAsync(house, "base", """{"when":{"step":"deploy"},"decision":"REQUIRE_HUMAN","eligible_approver_roles":["cfo"],"approvals_required":2}""");
        await WriteAsync(house, "required_policies/payments/LOW", """["base@1"]""");
        await WriteAsync(house, "policy_unavailable/LOW", "\"REQUIRE_HUMAN\"");

        var grain = house.Grains.Instance(house.Moments.Next().NewId);
        Assert.Null((await grain.CreateAsync(House.Agent("create"), Creation with { Start = false })).Refusal);
        var start = (await grain.StartAsync(House.Agent("start"))).Instance!;
        Assert.Equal((ExecutionState.WaitingForHuman, "release-manager"), (start.State, Assert.Single(start.Pending!.Request.EligibleApproverRoles)));
        await House.ApproveAsync(grain, "approve");
        await grain.ClaimAsync(House.Runner("claim"), Abstractions.Commands.WorkKind.Resume);

        var asked = (await grain.RequestAuthorityAsync(House.Agent("ask"), "deploy", Life.Json("{}"))).Instance!;

        Assert.Equal((ExecutionState.WaitingForHuman, "cfo", 2), (asked.State, Assert.Single(asked.Pending!.Request.EligibleApproverRoles), asked.Pending.Request.ApprovalsRequired));
        house.MustBeValid();
    }

    [Fact]
    public async Task What_an_instance_was_bound_to_stays_when_the_settings_change()
    {
        var house = await OpenAsync();
        await RulesAsync(house, "base", """{"when":{"step":"plan"},"decision":"DENY"}""");
        await WriteAsync(house, "required_policies/payments/LOW", """["base@1"]""");
        var grain = await CreateAsync(house);
        await WriteAsync(house, "required_policies/payments/LOW", "[]");

        Assert.Equal(Reason.PolicyDenied, (await house.NewProcess().Instance((await grain.ReadAsync())!.InstanceId).RequestAuthorityAsync(House.Agent("ask"), "plan", Life.Json("{}"))).Instance!.Reason);
        Assert.Equal(ExecutionState.Running, (await (await CreateAsync(house, "next")).RequestAuthorityAsync(House.Agent("ask next"), "plan", Life.Json("{}"))).Instance!.State);
        house.MustBeValid();
    }

    [Fact]
    public async Task Without_a_policy_that_is_required_nothing_is_created()
    {
        var house = await OpenAsync();
        await WriteAsync(house, "required_policies/*/LOW", """["nothing@1"]""");
        var commits = house.Ledger.Commits;

        var refused = await house.Grains.Instance(house.Moments.Next().NewId).CreateAsync(House.Agent("create"), Creation);

        Assert.Equal((RefusalCode.PolicyUnavailable, commits), (refused.Refusal!.Code, house.Ledger.Commits));
    }

    [Fact]
    public async Task A_team_is_observed_where_the_operator_says_so_and_nobody_else_is()
    {
        var house = await OpenAsync();
        await WriteAsync(house, "mode/payments", "\"OBSERVE\"");
        var observed = await (await CreateAsync(house)).RequestAuthorityAsync(House.Agent("ask"), "deploy", Life.Json("{}"));
        await WriteAsync(house, "mode/payments", "null");
        await WriteAsync(house, "mode/search", "\"OBSERVE\"");
        var enforced = await (await CreateAsync(house, "next")).RequestAuthorityAsync(House.Agent("ask next"), "deploy", Life.Json("{}"));

        Assert.Equal((Mode.Observe, ExecutionState.Running), (observed.Instance!.Binding.Mode, observed.Instance.State));
        Assert.Equal((Mode.Enforce, ExecutionState.WaitingForHuman), (enforced.Instance!.Binding.Mode, enforced.Instance.State));
        house.MustBeValid();
    }

    [Fact]
    public async Task A_creation_under_settings_is_one_commit_and_reads_nothing_that_is_known()
    {
        var house = await OpenAsync();
        await RulesAsync(house, "base", """{"when":{"step":"plan"},"decision":"DENY"}""");
        await WriteAsync(house, "required_policies/payments/LOW", """["base@1"]""");
        await CreateAsync(house);
        var (reads, commits) = (house.Ledger.Reads, house.Ledger.Commits);

        await CreateAsync(house, "next");

        Assert.Equal((reads, commits + 1), (house.Ledger.Reads, house.Ledger.Commits));
    }

    [Fact]
    public async Task An_instance_is_never_earlier_than_what_governs_it()
    {
        var house = await OpenAsync();
        await WriteAsync(house, "mode/payments", "\"OBSERVE\"");
        var setting = (await house.Grains.Setting("mode/payments").ReadAsync())!;
        house.Log.Now = setting.ChangedAt.Plus(TimeSpan.FromMilliseconds(-500));

        Assert.True((await (await CreateAsync(house)).ReadAsync())!.CreatedAt >= setting.ChangedAt);
    }

    [Fact]
    public async Task Storage_that_is_away_is_said_and_no_setting_is_taken_for_none()
    {
        var house = await OpenAsync();
        await CreateAsync(house);
        house.Log.Now = house.Log.Now.Plus(TimeSpan.FromSeconds(2));
        house.Ledger.OnRead = subject => subject.Type != Abstractions.Evidence.SubjectType.Setting;

        Assert.Equal(RefusalCode.StorageUnavailable, (await house.Grains.Instance(house.Moments.Next().NewId).CreateAsync(House.Agent("next"), Creation)).Refusal!.Code);
    }

    private static Creation Creation => new("low", "1", House.Team, Life.Json("{}"));

    private static async Task<House> OpenAsync(
        string own = """{"policy_id":"own","version":"1","evaluator":"rules","rules":[{"when":{"step":"deploy"},"decision":"REQUIRE_HUMAN","eligible_approver_roles":["release-manager"]}],"default":{"decision":"ALLOW"} }""")
    {
        var house = await House.OpenAsync();
        house.Grains.Http = new DeadHttpPolicies();
        Assert.Null((await house.Grains.Policy("own@1").RegisterAsync(House.Caller("own", "author-1"), House.Team, Life.Json(own))).Refusal);
        Assert.Null((await house.Grains.Workflow("low", "1").RegisterAsync(House.Caller("low", "author-1"), House.Team, Life.Json(
            """{"workflow_id":"low","version":"1","materiality":"LOW","policy_version_id":"own@1","queue":"q","default_approver_roles":["release-manager"],"steps":[{"step":"plan"},{"step":"deploy"}]}"""))).Refusal);
        return house;
    }

    private static async Task<IInstanceGrain> CreateAsync(House house, string key = "create")
    {
        var grain = house.Grains.Instance(house.Moments.Next().NewId);
        Assert.Null((await grain.CreateAsync(House.Agent(key), Creation)).Refusal);
        return grain;
    }

    private static async Task RulesAsync(House house, string id, string rule) => Assert.Null((await house.Grains.Policy($"{id}@1").RegisterAsync(House.Caller(id, "author-1"), "platform", Life.Json(
        $$"""{"policy_id":"{{id}}","version":"1","evaluator":"rules","rules":[{{rule}}],"default":{"decision":"ALLOW"} }"""))).Refusal);

    private static async Task WriteAsync(House house, string id, string value) =>
        Assert.Null((await house.Grains.Setting(id).WriteAsync(House.Caller($"{id} {value}", "operator-1"), Life.Json(value))).Refusal);
}
