using Gantral.Abstractions.Definitions;
using Gantral.Abstractions.Grains;
using Gantral.Abstractions.Policy;
using Gantral.Abstractions.Refusals;
using Gantral.Grains.Tests.Definitions;
using Gantral.Grains.Tests.Instances;
using Gantral.Lives;

namespace Gantral.Grains.Tests.Composing;

/// <summary>Policies that are made of others.</summary>
public sealed class MemberTests
{
    [Fact]
    public async Task Members_are_asked_together_each_as_itself()
    {
        var house = await House.OpenAsync();
        await RulesAsync(house, "allow", "ALLOW");
        await RulesAsync(house, "deny", "DENY");
        await MustAsync(AllAsync(house, "lenient", "allow@1"));
        await MustAsync(AllAsync(house, "strict", "lenient@1", "deny@1"));

        Assert.Equal(PolicyDecision.Allow, await AskAsync(house.Grains, "lenient@1"));
        Assert.Equal(PolicyDecision.Deny, await AskAsync(house.NewProcess(), "strict@1"));
        house.MustBeValid();
    }

    [Fact]
    public async Task A_dry_run_leaves_no_trace()
    {
        var house = await House.OpenAsync();
        await RulesAsync(house, "allow", "ALLOW");
        await MustAsync(AllAsync(house, "all", "allow@1", "deploy-guard@7"));
        var (entries, commits) = (house.Log.Entries.Count, house.Ledger.Commits);

        Assert.Equal(PolicyDecision.Allow, await AskAsync(house.Grains, "all@1"));
        Assert.Equal((entries, commits), (house.Log.Entries.Count, house.Ledger.Commits));
    }

    [Fact]
    public async Task A_member_that_is_not_there_or_of_another_team_is_not_found()
    {
        var house = await House.OpenAsync();
        await RulesAsync(house, "theirs", "ALLOW", team: "search");

        Assert.Equal(RefusalCode.NotFound, (await AllAsync(house, "a", "nothing@1")).Refusal!.Code);
        Assert.Equal(RefusalCode.NotFound, (await AllAsync(house, "b", "theirs@1")).Refusal!.Code);
        Assert.Equal(RefusalCode.NotFound, (await AllAsync(house, "itself", "itself@1")).Refusal!.Code);
    }

    [Fact]
    public async Task Policies_nest_four_levels_deep_and_no_deeper()
    {
        var house = await House.OpenAsync();
        await RulesAsync(house, "one", "ALLOW");
        await MustAsync(AllAsync(house, "two", "one@1"));
        await MustAsync(AllAsync(house, "three", "two@1"));
        await MustAsync(AllAsync(house, "four", "three@1"));

        Assert.Contains("5 levels", (await AllAsync(house, "five", "four@1")).Refusal!.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task One_question_never_becomes_more_than_sixty_four()
    {
        var house = await House.OpenAsync();
        string[] plain = [.. Enumerable.Range(1, 9).Select(number => $"plain-{number}")];
        foreach (var name in plain)
        {
            await RulesAsync(house, name, "ALLOW");
        }

        string[] eights = [.. Enumerable.Range(1, 8).Select(number => $"eight-{number}")];
        foreach (var name in eights)
        {
            await MustAsync(AllAsync(house, name, [.. plain[..8].Select(one => $"{one}@1")]));
        }

        await MustAsync(AllAsync(house, "just", [.. eights.Select(one => $"{one}@1")]));
        Assert.Contains("65 questions", (await AllAsync(house, "over", [.. eights.Select(one => $"{one}@1"), "plain-9@1"])).Refusal!.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Storage_that_is_away_is_said_and_not_taken_for_a_member_that_is_not_there()
    {
        var house = await House.OpenAsync();
        await RulesAsync(house, "allow", "ALLOW");
        var other = house.NewProcess();
        house.Ledger.OnRead = _ => false;

        Assert.Equal(RefusalCode.StorageUnavailable, (await AllAsync("all", ["allow@1"], other)).Refusal!.Code);
    }

    [Fact]
    public async Task A_service_is_registered_only_where_outgoing_calls_are_possible()
    {
        var house = await House.OpenAsync();
        var definition = Life.Json("""{"policy_id":"risk","version":"1","evaluator":"http","url":"http://127.0.0.1:8181/v1/data/gantral","shape":"opa"}""");

        var refused = await house.Grains.Policy("risk@1").RegisterAsync(House.Caller("risk", "author-1"), House.Team, definition);

        Assert.Equal(RefusalCode.InvalidBody, refused.Refusal!.Code);
        Assert.Contains("No outgoing calls", refused.Refusal.Message, StringComparison.Ordinal);
    }

    private static async Task<PolicyDecision> AskAsync(PlainGrains grains, string id) =>
        Assert.IsType<PolicyAnswer.Advised>(await grains.Policy(id).AskAsync(RulesTests.Question("{}") with { PolicyVersionId = id, Step = "plan", DryRun = true })).Advice.Decision;

    private static async Task RulesAsync(House house, string id, string decision, string team = House.Team) => await MustAsync(house.Grains.Policy($"{id}@1").RegisterAsync(
        House.Caller(id, "author-1"), team, Life.Json($$"""{"policy_id":"{{id}}","version":"1","evaluator":"rules","rules":[],"default":{"decision":"{{decision}}"} }""")).AsTask());

    private static Task<Registration<PolicyVersion>> AllAsync(House house, string id, params string[] members) => AllAsync(id, members, house.Grains);

    private static Task<Registration<PolicyVersion>> AllAsync(string id, string[] members, PlainGrains grains)
    {
        var listed = string.Join(',', members.Select(member => $"\"{member}\""));
        return grains.Policy($"{id}@1").RegisterAsync(
            House.Caller(id, "author-1"), House.Team, Life.Json($$"""{"policy_id":"{{id}}","version":"1","evaluator":"all","members":[{{listed}}]}""")).AsTask();
    }

    private static async Task MustAsync(Task<Registration<PolicyVersion>> registration) => Assert.Null((await registration).Refusal);
}
