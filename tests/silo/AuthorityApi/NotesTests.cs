using Gantral.Abstractions.Evidence;
using Gantral.Evidence.Verification;
using Gantral.Silo.Tests.Embedded;
using Gantral.Silo.Tests.Gateway;
using Gantral.Silo.Tests.Ledger;

namespace Gantral.Silo.Tests.AuthorityApi;

/// <summary>What is noted about an instance beside its authority: where evidence is held, and what work cost.</summary>
public sealed class NotesTests(LedgerServer server) : IClassFixture<LedgerServer>, IAsyncLifetime
{
    private const string Operator = "agent! gantral.operator";
    private static readonly string Reference = $$"""{"ref":"s3://bucket/log","hash":"sha256:{{Samples.Hash(7)}}"}""";

    private ServedSilo _silo = null!;
    private string _id = "";

    private string Path => $"/v1/instances/{_id}";

    public async Task InitializeAsync()
    {
        _silo = await ServedSilo.StartAsync(server.Database);
        await _silo.RegisterAsync();
        _id = await _silo.RunningAsync();
    }

    public async Task DisposeAsync()
    {
        await _silo.DisposeAsync();

        // What governs is in the first log, so it is the one that can be judged by itself.
        var report = await server.Database.VerifyAsync();
        Assert.True(report.Verdict == Verdict.Valid, report.Finding.ToString());
    }

    [Fact]
    public async Task References_are_recorded_and_can_still_be_once_the_instance_has_ended()
    {
        var body = $$"""{"evidence":[{{Reference}}]}""";
        Assert.Equal("RUNNING", (string?)(await _silo.PostAsync(Operator, $"{Path}/evidence", body, key: "e")).Body!["state"]);
        Assert.Equal(200, (await _silo.PostAsync(Operator, $"{Path}/evidence", body, key: "e")).Status);
        (await _silo.PostAsync(Operator, $"{Path}/evidence", body.Replace("log", "other", StringComparison.Ordinal), key: "e")).IsProblem(409, "idempotency_conflict");
        await _silo.MadeAsync(Operator, $"{Path}/cancel", "{}");
        Assert.Equal("TERMINATED", (string?)(await _silo.PostAsync(Operator, $"{Path}/evidence", body)).Body!["state"]);

        var entries = (await _silo.GetAsync("audrey: gantral.auditor", $"{Path}/history")).Body!["entries"]!.AsArray();
        Assert.Equal(2, entries.Count(entry => (string?)entry!["type"] == "EVIDENCE_ATTACHED"));
        Assert.Equal("s3://bucket/log", (string?)entries[^1]!["payload"]!["evidence"]!["value"]![0]!["ref"]);
    }

    [Theory]
    [InlineData("{}", "/evidence")]
    [InlineData("""{"evidence":[]}""", "/evidence")]
    [InlineData("""{"evidence":"all of it"}""", "/evidence")]
    [InlineData("""{"evidence":["all of it"]}""", "/evidence/0")]
    [InlineData("""{"evidence":[{"ref":"s3://b/1"}]}""", "/evidence/0/hash")]
    [InlineData("""{"evidence":[{"ref":"s3://b/1","hash":"sha256:11"}]}""", "/evidence/0/hash")]
    [InlineData("""{"evidence":[{"ref":"s3://b/1","hash":"md5:0707070707070707070707070707070707070707070707070707070707070707"}]}""", "/evidence/0/hash")]
    [InlineData("""{"evidence":[REFERENCE,{"hash":"sha256:0707070707070707070707070707070707070707070707070707070707070707"}]}""", "/evidence/1/ref")]
    [InlineData("""{"evidence":[{"ref":"the whole transcript, in words","hash":"sha256:0707070707070707070707070707070707070707070707070707070707070707"}]}""", "/evidence/0/ref")]
    [InlineData("""{"evidence":[{"ref":"data:text/plain,transcript","hash":"sha256:0707070707070707070707070707070707070707070707070707070707070707"}]}""", "/evidence/0/ref")]
    [InlineData("""{"evidence":[{"ref":"s3://b/1","hash":"sha256:0707070707070707070707070707070707070707070707070707070707070707","payload":"raw"}]}""", "/evidence/0/payload")]
    [InlineData("""{"evidence":[REFERENCE],"prompt":"raw"}""", "/prompt")]
    public async Task What_is_no_reference_is_refused_by_its_path(string body, string where)
    {
        var refused = await _silo.PostAsync(Operator, $"{Path}/evidence", body.Replace("REFERENCE", Reference, StringComparison.Ordinal));

        Assert.Contains($"{where} ", refused.IsProblem(400, "invalid_body").Detail, StringComparison.Ordinal);
        Assert.Equal(2, (long)(await _silo.GetAsync(Operator, Path)).Body!["sequence"]!);
    }

    [Fact]
    public async Task More_than_a_hundred_references_are_refused()
    {
        var many = string.Join(',', Enumerable.Repeat(Reference, 101));

        Assert.Equal(200, (await _silo.PostAsync(Operator, $"{Path}/evidence", $$"""{"evidence":[{{many[..^(Reference.Length + 1)]}}]}""")).Status);
        (await _silo.PostAsync(Operator, $"{Path}/evidence", $$"""{"evidence":[{{many}}]}""")).IsProblem(400, "invalid_body");
    }

    [Fact]
    public async Task Costs_add_up_exactly_and_a_repeated_request_counts_once()
    {
        await SpendAsync("USD", "0.10", "a");
        await SpendAsync("USD", "0.20", "b");
        await SpendAsync("USD", "0.20", "b");
        await SpendAsync("EUR", "9999999999999999999999999999", "c");
        await SpendAsync("EUR", "9999999999999999999999999999", "d");
        await SpendAsync("EUR", "0.00000000000000000000000001", "e");

        var cost = (await _silo.GetAsync(Operator, Path)).Body!["cost"]!.AsArray().Select(sum => $"{(string?)sum!["currency"]} {(string?)sum["amount"]}");
        Assert.Equal(["EUR 19999999999999999999999999998.00000000000000000000000001", "USD 0.30"], cost);
        var report = (await _silo.GetAsync("audrey: gantral.auditor", "/v1/audit/reports/cost")).Body!;
        Assert.Equal(cost, report["teams"]!.AsArray().Select(sum => $"{(string?)sum!["currency"]} {(string?)sum["amount"]}"));
        Assert.Equal(3, (int)report["teams"]![0]!["entries"]!);
    }

    [Theory]
    [InlineData("""{"amount":"1"}""", "/currency")]
    [InlineData("""{"currency":"usd","amount":"1"}""", "/currency")]
    [InlineData("""{"currency":"EURO","amount":"1"}""", "/currency")]
    [InlineData("""{"currency":"USD"}""", "/amount")]
    [InlineData("""{"currency":"USD","amount":1}""", "/amount")]
    [InlineData("""{"currency":"USD","amount":"-1"}""", "/amount")]
    [InlineData("""{"currency":"USD","amount":"1e3"}""", "/amount")]
    [InlineData("""{"currency":"USD","amount":"01"}""", "/amount")]
    [InlineData("""{"currency":"USD","amount":"1."}""", "/amount")]
    [InlineData("""{"currency":"USD","amount":"1,5"}""", "/amount")]
    [InlineData("""{"currency":"USD","amount":"10000000000000000000000000000"}""", "/amount")]
    [InlineData("""{"currency":"USD","amount":"1","tax":"0"}""", "/tax")]
    public async Task What_is_no_amount_of_money_is_refused_by_its_field(string body, string where)
    {
        Assert.Contains($"{where} ", (await _silo.PostAsync(Operator, $"{Path}/cost", body)).IsProblem(400, "invalid_body").Detail, StringComparison.Ordinal);
        Assert.Empty((await _silo.GetAsync(Operator, Path)).Body!["cost"]!.AsArray());
    }

    [Fact]
    public async Task A_cost_is_refused_by_the_core_as_well_whoever_calls_it()
    {
        var grain = _silo.Silo.Host.Instance(Guid.Parse(_id));
        var reply = await grain.RecordCostAsync(Hosting.WorkingSilo.Caller(Lives.Life.Agent), new Cost("dollars", "1"));
        var outcome = await grain.CompleteAsync(Hosting.WorkingSilo.Caller(Lives.Life.Agent), new(Cost: new Cost("USD", "one")));

        Assert.Equal(("InvalidBody", "InvalidBody"), (reply.Refusal?.Code.ToString(), outcome.Refusal?.Code.ToString()));
        Assert.Contains("currency", reply.Refusal!.Message, StringComparison.Ordinal);
        Assert.Equal("RUNNING", (string?)(await _silo.GetAsync(Operator, Path)).Body!["state"]);
    }

    [Fact]
    public async Task Only_operators_note_and_only_what_is_their_teams()
    {
        foreach (var (path, body) in new[] { ("evidence", $$"""{"evidence":[{{Reference}}]}"""), ("cost", """{"currency":"USD","amount":"1"}""") })
        {
            (await _silo.PostAsync("audrey: gantral.auditor", $"{Path}/{path}", body)).IsProblem(403, "forbidden");
            (await _silo.PostAsAsync(_silo.Token(Operator, "strangers"), $"{Path}/{path}", body)).IsProblem(404, "not_found");
        }
    }

    [Fact]
    public async Task Sums_are_by_workflow_and_team_in_the_time_that_is_asked_for_and_come_as_a_table_too()
    {
        await SpendAsync("USD", "1.5", "a");
        await SpendAsync("USD", "0.25", "b");
        const string Auditor = "audrey: gantral.auditor";
        var line = $"{_silo.Name},{_silo.Name},USD,1.75,2";

        Assert.Equal(["owning_team_id,workflow_id,currency,amount,entries", line], await _silo.TableAsync(Auditor, "/v1/audit/reports/cost"));
        Assert.Equal(line, (await _silo.TableAsync(Auditor, $"/v1/audit/reports/cost?workflow_id={_silo.Name}&owning_team_id={_silo.Name}", accept: "application/json;q=0.5, text/csv"))[1]);
        Assert.Empty((await _silo.GetAsync(Auditor, "/v1/audit/reports/cost?workflow_id=other")).Body!["workflows"]!.AsArray());
        Assert.Empty((await _silo.GetAsync(Auditor, "/v1/audit/reports/cost?until=2026-01-01T00:00:00Z")).Body!["workflows"]!.AsArray());
        Assert.Empty((await _silo.GetAsAsync(_silo.Token(Auditor, "strangers"), "/v1/audit/reports/cost")).Body!["workflows"]!.AsArray());
        (await _silo.GetAsAsync(_silo.Token(Auditor, "strangers"), $"/v1/audit/reports/cost?owning_team_id={_silo.Name}")).IsProblem(403, "forbidden");
        (await _silo.GetAsync(Operator, "/v1/audit/reports/cost")).IsProblem(403, "forbidden");
        (await _silo.GetAsync(Auditor, "/v1/audit/reports/cost?since=yesterday")).IsProblem(400, "invalid_body");
        (await _silo.GetAsync(Auditor, "/v1/audit/reports/cost?limit=1")).IsProblem(400, "invalid_body");
    }

    [Fact]
    public async Task What_is_added_up_is_made_of_entries_again_by_a_rebuild()
    {
        await SpendAsync("USD", "1.5", "a");
        var decision = await _silo.WaitingAsync();
        await _silo.MadeAsync("alice: release-manager", "/v1/decisions", await _silo.DecisionAsync(decision));
        var before = await DumpAsync();

        await Query.RunAsync(server.Database.Serving, "DELETE FROM cost; DELETE FROM decision; DELETE FROM workflow; DELETE FROM policy; DELETE FROM delegation");
        foreach (var log in server.Database.Served.Logs.Keys)
        {
            await new Projections.ProjectionRebuild(server.Database.Serving, log).RunAsync();
            await new Projections.ProjectionRebuild(server.Database.Serving, log).RunAsync();
        }

        Assert.Equal(before, await DumpAsync());
        Assert.Equal(4, before.Split("\n\n").Count(table => table.Length > 0));
    }

    private async Task<string> DumpAsync() => string.Join("\n\n", await Task.WhenAll(new[] { "cost", "decision", "workflow", "policy" }.Select(table => Query.AskAsync<string>(
        server.Database.Serving, $"SELECT coalesce(string_agg({table}::text, E'\\n' ORDER BY {table}::text), '') FROM {table}"))));

    private Task SpendAsync(string currency, string amount, string key) => MustPassAsync(_silo.PostAsync(Operator, $"{Path}/cost", $$"""{"currency":"{{currency}}","amount":"{{amount}}"}""", key));

    private static async Task MustPassAsync(Task<Answered> sent)
    {
        var answered = await sent;
        Assert.True(answered.Status == 200, answered.Body?.ToJsonString());
    }
}
