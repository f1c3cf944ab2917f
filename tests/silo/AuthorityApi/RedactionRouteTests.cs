using System.Text;
using Gantral.Evidence.Verification;
using Gantral.Silo.Hosting;
using Gantral.Silo.Tests.Embedded;
using Gantral.Silo.Tests.Gateway;
using Gantral.Silo.Tests.Hosting;
using Gantral.Silo.Tests.Ledger;

namespace Gantral.Silo.Tests.AuthorityApi;

/// <summary>What a person has erased is nowhere any more, and everything else is as it was.</summary>
public sealed class RedactionRouteTests(LedgerServer server) : IClassFixture<LedgerServer>, IAsyncLifetime
{
    private const string Operator = "agent! gantral.operator";
    private const string Auditor = "audrey: gantral.auditor";
    private const string Officer = "dora: gantral.admin";
    private const string Trigger = """{"sequence":1,"fields":["trigger_context"],"justification":"asked for by the person it is about"}""";

    private readonly string _secret = $"Rumpelstiltskin{Guid.NewGuid():N}";

    private ServedSilo _silo = null!;
    private string _id = null!;

    private string Path => $"/v1/instances/{_id}";

    public async Task InitializeAsync()
    {
        _silo = await ServedSilo.StartAsync(server.Database);
        await _silo.RegisterAsync();
        _id = (string)(await _silo.MadeAsync(Operator, "/v1/instances", $$$"""{"workflow_id":"{{{_silo.Name}}}","workflow_version":"1","trigger_context":{"name":"{{{_secret}}}"}}"""))["instance_id"]!;
        await _silo.MadeAsync(Operator, $"{Path}/authority", $$$"""{"step":"plan","execution_context":{"name":"{{{_secret}}}"}}""");
        await _silo.MadeAsync(Operator, $"{Path}/authority", $$$"""{"step":"deploy","execution_context":{"for":"{{{_secret}}}"}}""");
        await _silo.MadeAsync("alice: release-manager", "/v1/decisions", await _silo.DecisionAsync(_id, "OVERRIDE", $$"""{"also":"{{_secret}}"}"""));
    }

    public Task DisposeAsync() => _silo.DisposeAsync().AsTask();

    [Fact]
    public async Task What_was_erased_is_in_no_table_and_in_no_memory_and_the_evidence_stays_valid()
    {
        await _silo.MadeAsync(Operator, $"{Path}/cancel", "{}");
        await using var other = await WorkingSilo.StartAsync(server.Database, server.Database.Served.Logs.Count);
        Assert.Contains(_secret, (await other.Host.Instance(Guid.Parse(_id)).ReadAsync())!.TriggerContext!.Value.ToString(), StringComparison.Ordinal);
        Assert.NotEqual(0, await PlacesAsync());

        var first = await _silo.PostAsync(Officer, $"{Path}/redactions", Trigger, key: "r");
        Assert.Equal((200, "TERMINATED", null), (first.Status, (string?)first.Body!["state"], first.Body["trigger_context"]));
        Assert.Equal(first.Body.ToJsonString(), (await _silo.PostAsync(Officer, $"{Path}/redactions", Trigger, key: "r")).Body!.ToJsonString());
        foreach (var (type, field) in new[] { ("WAITING_FOR_HUMAN", "context_snapshot"), ("OVERRIDDEN", "context_delta") })
        {
            var sequence = (long)(await HistoryAsync()).Single(entry => (string?)entry["type"] == type)["sequence"]!;
            await _silo.MadeAsync(Officer, $"{Path}/redactions", $$"""{"sequence":{{sequence}},"fields":["{{field}}"],"justification":"asked for by the person it is about"}""");
        }

        Assert.Equal(0, await PlacesAsync());
        var history = await HistoryAsync();
        Assert.DoesNotContain(history, entry => entry.ToJsonString().Contains(_secret, StringComparison.Ordinal));
        Assert.Equal(
            ["CREATED trigger_context", "STEP_ALLOWED context_snapshot", "WAITING_FOR_HUMAN context_snapshot", "OVERRIDDEN context_delta"],
            history.Where(entry => entry["erased"]!.AsObject().Count > 0).Select(entry => $"{entry["type"]} {entry["erased"]!.AsObject().Single().Key}"));
        Assert.Equal(4, history.Count(entry => (string?)entry["type"] == "REDACTED" && (string?)entry["actor"]!["id"] == "dora"));

        Assert.Equal(1, other.Host.ActiveInstances);
        await new ErasureWatch(other.Ledger.Source, other.Host, server.Database.Served.Logs.Count, TimeProvider.System).RunAsync();
        Assert.Equal(0, other.Host.ActiveInstances);

        using var bundle = await _silo.SendAsItIsAsync(ServedApi.Request("GET", $"/v1/audit/instances/{_id}/bundle?payloads=true", _silo.Token(Auditor)));
        var text = await bundle.Content.ReadAsByteArrayAsync();
        Assert.DoesNotContain(_secret, Encoding.UTF8.GetString(text), StringComparison.Ordinal);
        Assert.Equal(Verdict.Valid, Verifier.Verify(new MemoryStream(text), server.Database.Keys()).Verdict);
    }

    [Fact]
    public async Task What_an_approval_is_about_stays_until_the_end_and_reasons_need_not()
    {
        (await _silo.PostAsync(Officer, $"{Path}/redactions", Trigger)).IsProblem(409, "invalid_transition");
        var decided = (long)(await HistoryAsync()).Single(entry => (string?)entry["type"] == "OVERRIDDEN")["sequence"]!;

        var answered = await _silo.MadeAsync(Officer, $"{Path}/redactions", $$"""{"sequence":{{decided}},"fields":["justification"],"justification":"names somebody"}""");

        Assert.Equal(_secret, (string?)answered["context"]!["also"]);
    }

    [Theory]
    [InlineData("""{"sequence":1,"fields":["trigger_context"],"justification":"  "}""", 422, "justification_required")]
    [InlineData("""{"sequence":1,"fields":[],"justification":"because"}""", 400, "invalid_body")]
    [InlineData("""{"sequence":1,"fields":["prompt"],"justification":"because"}""", 400, "invalid_body")]
    [InlineData("""{"sequence":1,"fields":["context_delta"],"justification":"because"}""", 400, "invalid_body")]
    [InlineData("""{"sequence":99,"fields":["trigger_context"],"justification":"because"}""", 400, "invalid_body")]
    [InlineData("""{"sequence":1,"fields":["trigger_context"],"justification":"the name was SECRET"}""", 400, "invalid_body")]
    public async Task What_cannot_be_erased_is_refused_and_nothing_is(string body, int status, string code)
    {
        await _silo.MadeAsync(Operator, $"{Path}/cancel", "{}");

        (await _silo.PostAsync(Officer, $"{Path}/redactions", body.Replace("SECRET", _secret, StringComparison.Ordinal))).IsProblem(status, code);

        Assert.DoesNotContain(await HistoryAsync(), entry => (string?)entry["type"] == "REDACTED");
    }

    private async Task<List<System.Text.Json.Nodes.JsonNode>> HistoryAsync() =>
        [.. (await _silo.GetAsync(Auditor, $"{Path}/history")).Body!["entries"]!.AsArray().Select(entry => entry!)];

    // In how many tables the text is, written as it is or as bytes.
    private async Task<int> PlacesAsync()
    {
        var tables = (await Query.AskAsync<string>(server.Database.Owner, "SELECT string_agg(quote_ident(schemaname) || '.' || quote_ident(tablename), ' ') FROM pg_tables WHERE schemaname NOT IN ('pg_catalog', 'information_schema')")).Split(' ');
        Assert.Contains("gantral.dead_letter", tables.Select(table => $"gantral.{table.Split('.')[1]}"));
        var places = 0;
        foreach (var table in tables)
        {
            places += await Query.AskAsync<long>(server.Database.Owner, $"SELECT count(*) FROM {table} AS t WHERE t::text LIKE '%{_secret}%' OR t::text LIKE '%{Convert.ToHexStringLower(Encoding.UTF8.GetBytes(_secret))}%'") > 0 ? 1 : 0;
        }

        return places;
    }
}
