using System.Collections.Immutable;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Gantral.Abstractions.Evidence;
using Gantral.Evidence.Entries;
using Gantral.Evidence.Json;
using Gantral.Evidence.Log;
using Gantral.Silo.Ledger;
using Gantral.Silo.Reports;
using Gantral.Silo.Tests.Gateway;
using Gantral.Silo.Tests.Ledger;

namespace Gantral.Silo.Tests.AuthorityApi;

/// <summary>Who decided what: told by the silo, and made a second time of exported bundles alone.</summary>
public sealed class AuthorityReportTests(LedgerServer server) : IClassFixture<LedgerServer>, IAsyncLifetime
{
    private const string Auditor = "audrey: gantral.auditor";
    private const string Path = "/v1/audit/reports/authority";

    private readonly List<string> _ids = [];
    private ServedSilo _silo = null!;

    public async Task InitializeAsync()
    {
        _silo = await ServedSilo.StartAsync(server.Database);
        await _silo.RegisterAsync();
        foreach (var (person, type, delta) in new[] { ("alice", "APPROVE", null), ("<b>bob</b>", "OVERRIDE", """{"percent":5}"""), ("alice", "REJECT", null), ("", "", (string?)null) })
        {
            _ids.Add(await _silo.WaitingAsync());
            if (person.Length > 0)
            {
                await _silo.MadeAsync($"{person}: release-manager", "/v1/decisions", await _silo.DecisionAsync(_ids[^1], type, delta));
            }
        }

        _ids.Add(await _silo.RunningAsync());
    }

    public Task DisposeAsync() => _silo.DisposeAsync().AsTask();

    [Fact]
    public async Task The_report_says_who_decided_what_and_what_became_of_it()
    {
        var report = (await _silo.GetAsync(Auditor, Path)).Body!;

        Assert.Equal(
            ["RESUMED  2", "RUNNING  1", "TERMINATED REJECTED 1", "WAITING_FOR_HUMAN  1"],
            report["executions"]!.AsArray().Select(one => $"{(string?)one!["state"]} {(string?)one["reason"]} {(int)one["count"]!}"));
        Assert.Equal((4, 3, 0, 1), ((int)report["gates"]!["asked"]!, (int)report["gates"]!["decided"]!, (int)report["gates"]!["undecided"]!, (int)report["gates"]!["open"]!));
        Assert.Equal(
            ["<b>bob</b> release-manager OVERRIDE 1", "alice release-manager APPROVE 1", "alice release-manager REJECT 1"],
            report["decisions"]!.AsArray().Select(one => $"{(string?)one!["human_actor_id"]} {(string?)one["role"]} {(string?)one["decision_type"]} {(int)one["count"]!}"));
        Assert.Equal((5, "deploy"), ((int)Assert.Single(report["overrides"]!.AsArray())!["context_delta"]!["percent"]!, (string?)report["overrides"]![0]!["step"]));
        Assert.NotNull((long?)report["time_to_decide"]!["max_milliseconds"]);
        Assert.True((bool)report["self_check"]!["is_consistent"]!);
    }

    [Fact]
    public async Task The_same_report_is_made_of_exported_bundles_alone()
    {
        var override_ = _ids[1];
        await _silo.MadeAsync("agent! gantral.operator", $"/v1/instances/{override_}/cancel", "{}");
        var delta = (long)(await _silo.GetAsync(Auditor, Path)).Body!["overrides"]![0]!["sequence"]!;
        await _silo.MadeAsync("dora: gantral.admin", $"/v1/instances/{override_}/redactions", $$"""{"sequence":{{delta}},"fields":["context_delta"],"justification":"asked for"}""");
        var served = await _silo.GetAsync(Auditor, Path);

        var tally = new AuthorityTally();
        foreach (var id in _ids.Order(StringComparer.Ordinal))
        {
            tally.Take(LifeOf(id, await BundleAsync(id)));
        }

        var coverage = served.Body!["coverage"]!;
        var made = ReportJson.Of(tally.Report(new ReportCoverage(_silo.Name, null, (string)coverage["since"]!, (string)coverage["until"]!, _ids.Count, true)));
        Assert.Equal(served.Body.ToJsonString(), JsonNode.Parse(made)!.ToJsonString());
        Assert.Null(served.Body["overrides"]![0]!["context_delta"]);
    }

    [Fact]
    public async Task An_entry_that_was_changed_does_not_hold_together()
    {
        var text = await BundleAsync(_ids[0]);
        var life = LifeOf(_ids[0], text);
        var changed = LifeOf(_ids[0], text.Replace("\"production\"", "\"somewhere\"", StringComparison.Ordinal));

        Assert.True(CheckOf(life).IsConsistent);
        Assert.Equal((false, "its private content is not what it binds"), (CheckOf(changed).IsConsistent, Assert.Single(CheckOf(changed).Faults).Fault));
        Assert.Equal("an entry before it is missing", CheckOf(life.RemoveAt(1)).Faults[0].Fault);
        Assert.Equal("it does not follow the entry before it", CheckOf(life.SetItem(0, LifeOf(_ids[1], await BundleAsync(_ids[1]))[0])).Faults[0].Fault);
    }

    [Fact]
    public async Task A_table_has_a_figure_in_each_row()
    {
        var table = await _silo.TableAsync(Auditor, Path);

        Assert.Equal("section,instance_id,person,role,what,value", table[0]);
        Assert.Contains("decisions,,alice,release-manager,APPROVE,1", table);
        Assert.Contains("gates,,,,open,1", table);
    }

    [Theory]
    [InlineData("?format=html", "application/json")]
    [InlineData("", "text/html")]
    public async Task A_page_is_only_text_whatever_people_are_called(string query, string accept)
    {
        var request = ServedApi.Request("GET", $"{Path}{query}", _silo.Token(Auditor));
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue(accept));
        using var response = await _silo.SendAsItIsAsync(request);
        var page = await response.Content.ReadAsStringAsync();

        Assert.Equal("text/html", response.Content.Headers.ContentType?.MediaType);
        Assert.StartsWith("default-src 'none'; style-src 'sha256-", response.Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);
        Assert.Contains("&lt;b&gt;bob&lt;/b&gt;", page, StringComparison.Ordinal);
        Assert.DoesNotContain("<b>", page, StringComparison.Ordinal);
        Assert.DoesNotContain("<script", page, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("href", page, StringComparison.OrdinalIgnoreCase);
    }

    private async Task<string> BundleAsync(string id)
    {
        using var bundle = await _silo.SendAsItIsAsync(ServedApi.Request("GET", $"/v1/audit/instances/{id}/bundle?payloads=true", _silo.Token(Auditor)));
        return await bundle.Content.ReadAsStringAsync();
    }

    private static EntryCheck CheckOf(ImmutableArray<PlacedEntry> life)
    {
        var tally = new AuthorityTally();
        tally.Take(life);
        return tally.Report(new ReportCoverage("t", null, "", "", 1, true)).SelfCheck;
    }

    // The entries of an instance as its bundle has them, read by the library of the verifier.
    private static ImmutableArray<PlacedEntry> LifeOf(string id, string bundle)
    {
        var lines = bundle.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonDocument.Parse(line).RootElement).ToList();
        var payloads = lines.Where(line => line.GetProperty("kind").GetString() == "payload" && !line.TryGetProperty("origin", out _))
            .ToDictionary(line => line.GetProperty("position").GetInt64(), line => line.GetProperty("fields"));
        return
        [
            .. lines.Where(line => line.GetProperty("kind").GetString() == "entry" && line.GetProperty("entry").GetProperty("subject").GetProperty("id").GetString() == id)
                .Select(line => Placed(line.GetProperty("position").GetInt64(), Encoding.UTF8.GetBytes(line.GetProperty("entry").GetRawText()), payloads))
                .OrderBy(placed => placed.Sealed.Entry.Sequence),
        ];
    }

    private static PlacedEntry Placed(long position, byte[] bytes, Dictionary<long, JsonElement> payloads)
    {
        var fields = payloads.TryGetValue(position, out var there) ? there.EnumerateObject().ToList() : [];
        var kept = fields.Where(field => field.Value.TryGetProperty("value", out _)).Select(field => new PrivateField(
            field.Name, Salt(field.Value.GetProperty("salt").GetString()!), CanonicalJson.Canonicalize(Encoding.UTF8.GetBytes(field.Value.GetProperty("value").GetRawText()))));
        var erased = fields.Where(field => field.Value.TryGetProperty("hash", out _)).Select(field => KeyValuePair.Create(field.Name, new Digest(Convert.FromHexString(field.Value.GetProperty("hash").GetString()!))));
        return new PlacedEntry(position, new SealedEntry(EntryReader.Read(bytes), CanonicalJson.FromStorage(bytes), TreeHash.Leaf(bytes), [.. kept])) { Erased = erased.ToImmutableSortedDictionary(StringComparer.Ordinal) };
    }

    private static byte[] Salt(string hex) => Convert.FromHexString(hex);
}
