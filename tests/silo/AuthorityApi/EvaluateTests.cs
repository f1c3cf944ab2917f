using Gantral.Silo.Tests.Embedded;
using Gantral.Silo.Tests.Ledger;
using Gantral.Silo.Tests.Policies;

namespace Gantral.Silo.Tests.AuthorityApi;

/// <summary>Trying out a policy version over HTTP: what it would say and why, and no trace of having asked.</summary>
public sealed class EvaluateTests(LedgerServer server) : IClassFixture<LedgerServer>, IAsyncLifetime
{
    private const string Author = "paul: gantral.policy_author";
    private const string Question = """{"workflow_id":"deploy","workflow_version":"3","materiality":"HIGH","step":"deploy","execution_context":{"environment":"production"}}""";

    private ServedSilo _silo = null!;

    private string Path => $"/v1/policies/{_silo.Name}@1/evaluate";

    public async Task InitializeAsync() => _silo = await ServedSilo.StartAsync(server.Database);

    public Task DisposeAsync() => _silo.DisposeAsync().AsTask();

    [Fact]
    public async Task Rules_say_what_they_advise_and_which_of_them_spoke()
    {
        await _silo.RegisterAsync();
        var before = await EntriesAsync();
        var asks = (await _silo.PostAsync(Author, Path, Question)).Body!;
        var denies = (await _silo.PostAsync("wilma: gantral.author", Path, Question.Replace("\"step\":\"deploy\"", "\"step\":\"delete\"", StringComparison.Ordinal))).Body!;
        var allows = (await _silo.PostAsync(Author, Path, """{"workflow_id":"w","workflow_version":"1","materiality":"LOW"}""")).Body!;

        Assert.Equal(("REQUIRE_HUMAN", "rules[1]", "PT30M", true), ((string?)asks["decision"], (string?)asks["rule"], (string?)asks["timeout"], (bool)asks["dry_run"]!));
        Assert.Equal("release-manager", (string?)Assert.Single(asks["eligible_approver_roles"]!.AsArray()));
        Assert.Equal(("DENY", "rules[0]"), ((string?)denies["decision"], (string?)denies["rule"]));
        Assert.Equal(("ALLOW", "default", null), ((string?)allows["decision"], (string?)allows["rule"], (string?)allows["reason"]));
        Assert.Equal(before, await EntriesAsync());
    }

    [Fact]
    public async Task Who_asks_is_the_caller_unless_somebody_else_is_supposed()
    {
        await MustBeMadeAsync($$$"""{"policy_id":"{{{_silo.Name}}}","version":"1","evaluator":"rules","rules":[{"when":{"role":"gantral.operator","actor_id":"agent-7"},"decision":"DENY"}],"default":{"decision":"ALLOW"}}""");

        Assert.Equal("ALLOW", (string?)(await _silo.PostAsync(Author, Path, Question)).Body!["decision"]);
        Assert.Equal("DENY", (string?)(await _silo.PostAsync(Author, Path, $"{Question[..^1]},\"actor_id\":\"agent-7\",\"roles\":[\"gantral.operator\"]}}")).Body!["decision"]);
    }

    [Fact]
    public async Task A_service_is_asked_and_what_was_wrong_with_its_answer_is_told_by_its_kind_alone()
    {
        await using var service = await PolicyService.OpenAsync();
        await MustBeMadeAsync($$"""{"policy_id":"{{_silo.Name}}","version":"1","evaluator":"http","url":"{{service.Url}}","shape":"gantral","timeout":"PT0.5S"}""");

        Assert.Equal("ALLOW", (string?)(await _silo.PostAsync(Author, Path, Question)).Body!["decision"]);
        Assert.Contains("\"dry_run\":true", service.LastQuestion, StringComparison.Ordinal);
        service.Answer = context => PolicyService.Json(context, """{"decision":"APPROVED","note":"secret"}""");
        await MustFailAsync("NOT_UNDERSTOOD");
        service.Answer = PolicyService.Hang;
        await MustFailAsync("TOO_SLOW");
        service.Answer = context => PolicyService.Json(context, """{"decision":"REQUIRE_HUMAN","eligible_approver_roles":[]}""");
        Assert.Equal("CONFLICTING_POLICY", (string?)(await _silo.PostAsync(Author, Path, Question)).Body!["reason"]);
    }

    [Fact]
    public async Task A_policy_that_is_made_of_others_shows_what_each_of_them_says()
    {
        await _silo.RegisterAsync();
        await MustBeMadeAsync($$$"""{"policy_id":"{{{_silo.Name}}}-strict","version":"1","evaluator":"rules","rules":[],"default":{"decision":"DENY"}}""");
        await MustBeMadeAsync($$"""{"policy_id":"{{_silo.Name}}-both","version":"1","evaluator":"all","members":["{{_silo.Name}}@1","{{_silo.Name}}-strict@1"]}""");

        var trial = (await _silo.PostAsync(Author, $"/v1/policies/{_silo.Name}-both@1/evaluate", Question)).Body!;

        Assert.Equal(("DENY", null), ((string?)trial["decision"], (string?)trial["rule"]));
        Assert.Equal(["REQUIRE_HUMAN by rules[1]", "DENY by default"], trial["members"]!.AsArray().Select(member => $"{(string?)member!["decision"]} by {(string?)member["rule"]}"));
    }

    [Theory]
    [InlineData("""{"workflow_version":"3","materiality":"HIGH"}""", "/workflow_id")]
    [InlineData("""{"workflow_id":"w","workflow_version":"3","materiality":"high"}""", "/materiality")]
    [InlineData("""{"workflow_id":"w","workflow_version":"3","materiality":"HIGH","context":{}}""", "/context")]
    [InlineData("""{"workflow_id":"w","workflow_version":"3","materiality":"HIGH","roles":[7]}""", "/roles")]
    [InlineData("""{"workflow_id":"w","workflow_version":"3","materiality":"HIGH","current_state":"ASLEEP"}""", "/current_state")]
    [InlineData("""{"workflow_id":"w","workflow_version":"3","materiality":"HIGH","instance_id":"x"}""", "/instance_id")]
    public async Task A_question_that_cannot_be_read_is_refused_by_its_path(string body, string where) =>
        Assert.Contains(where, (await _silo.PostAsync(Author, Path, body)).IsProblem(400, "invalid_body").Detail, StringComparison.Ordinal);

    [Fact]
    public async Task Only_authors_try_out_what_their_team_may_bind()
    {
        await _silo.RegisterAsync();

        (await _silo.PostAsync("olga: gantral.operator gantral.auditor", Path, Question)).IsProblem(403, "forbidden");
        (await _silo.PostAsAsync(_silo.Token(Author, "strangers"), Path, Question)).IsProblem(404, "not_found");
        (await _silo.PostAsync(Author, $"/v1/policies/{_silo.Name}@2/evaluate", Question)).IsProblem(404, "not_found");
    }

    private Task<System.Text.Json.Nodes.JsonNode> MustBeMadeAsync(string policy) => _silo.MadeAsync(Author, "/v1/policies", policy);

    private async Task MustFailAsync(string failure)
    {
        var trial = (await _silo.PostAsync(Author, Path, Question)).Body!;
        Assert.Equal((null, "POLICY_UNAVAILABLE", failure), ((string?)trial["decision"], (string?)trial["reason"], (string?)trial["failure"]));
        Assert.DoesNotContain("secret", trial.ToJsonString(), StringComparison.Ordinal);
    }

    private Task<long> EntriesAsync() => Query.AskAsync<long>(server.Database.Serving, "SELECT count(*) FROM entry");
}
