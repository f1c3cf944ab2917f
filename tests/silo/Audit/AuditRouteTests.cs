using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using Gantral.Abstractions.Evidence;
using Gantral.Evidence.Log;
using Gantral.Evidence.Verification;
using Gantral.Silo.Audit;
using Gantral.Silo.Gateway.Audit;
using Gantral.Silo.Hosting;
using Gantral.Silo.Ledger;
using Gantral.Silo.Tests.AuthorityApi;
using Gantral.Silo.Tests.Gateway;
using Gantral.Silo.Tests.Ledger;

namespace Gantral.Silo.Tests.Audit;

/// <summary>Parts of logs, proofs and verdicts over HTTP: who gets what, and what is refused how.</summary>
public sealed class AuditRouteTests(LedgerServer server) : IClassFixture<LedgerServer>, IAsyncLifetime
{
    private const string Auditor = "aud: gantral.auditor";
    private const string Admin = "root: gantral.admin";

    private ServedSilo _silo = null!;

    private PostgresLedger Ledger => _silo.Silo.Ledger;

    public async Task InitializeAsync() => _silo = await ServedSilo.StartAsync(server.Database);

    public Task DisposeAsync() => _silo.DisposeAsync().AsTask();

    [Fact]
    public async Task An_auditor_gets_the_entries_of_its_teams_and_an_admin_those_of_all()
    {
        await new Sample(Ledger, LedgerDatabase.NewId()).LiveAsync(await Sample.BindAsync(Ledger, _silo.Name, _silo.Name));
        var own = await GetAsync(Auditor, "/v1/audit/logs/1/bundle?payloads=true");
        var all = await GetAsync(Admin, "/v1/audit/logs/1/bundle");
        var named = await GetAsync(Admin, $"/v1/audit/logs/1/bundle?team={_silo.Name}&payloads=true");

        Assert.Contains("\"kind\":\"leaf\"", own, StringComparison.Ordinal);
        Assert.DoesNotContain("\"kind\":\"leaf\"", all, StringComparison.Ordinal);
        Assert.Equal(own, named);
        Assert.Equal(Verdict.Valid, Verify(own).Verdict);
        Assert.Single(Verify(own).Instances);
        (await _silo.GetAsync(Auditor, "/v1/audit/logs/1/bundle?team=payments")).IsProblem(403, "forbidden");
    }

    [Theory]
    [InlineData("from=1&to=1", 400, "invalid_body")]
    [InlineData("from=2&to=1", 400, "invalid_body")]
    [InlineData("from=0&to=0", 400, "invalid_body")]
    [InlineData("to=9000000", 404, "not_found")]
    [InlineData("from=9000000", 404, "not_found")]
    [InlineData("from=9223372036854775807", 404, "not_found")]
    [InlineData("from=9223372036854775808", 400, "invalid_body")]
    [InlineData("from=-1", 400, "invalid_body")]
    [InlineData("from=1&since=2026-01-01T00:00:00Z", 400, "invalid_body")]
    [InlineData("since=2090-01-01T00:00:00Z", 404, "not_found")]
    [InlineData("until=1980-01-01T00:00:00Z", 404, "not_found")]
    [InlineData("since=2026-01-01T00:00:00Z&resume=1", 400, "invalid_body")]
    [InlineData("to=2&resume=2", 400, "invalid_body")]
    [InlineData("team=%20", 400, "invalid_body")]
    [InlineData("payloads=yes", 400, "invalid_body")]
    public async Task A_part_that_is_none_is_refused(string query, int status, string code) =>
        (await _silo.GetAsync(Admin, $"/v1/audit/logs/1/bundle?{query}")).IsProblem(status, code);

    [Fact]
    public async Task A_part_between_two_times_is_the_one_between_their_heads()
    {
        var since = Ledger.Clock.Now;
        var life = await new Sample(Ledger, LedgerDatabase.NewId()).LiveAsync(await Sample.BindAsync(Ledger, _silo.Name, _silo.Name));
        var entries = await Ledger.Entries.OfInstanceAsync(life.InstanceId, 0);

        var part = await GetAsync(Auditor, $"/v1/audit/logs/1/bundle?since={since}&until=2090-01-01T00:00:00Z");

        var report = Verify(part);
        Assert.Equal((Verdict.Valid, life.InstanceId.ToString("D")), (report.Verdict, Assert.Single(report.Instances).InstanceId));
        Assert.Contains(string.Create(CultureInfo.InvariantCulture, $"\"position\":{entries[0].Position}}}"), part, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_delegation_from_before_a_part_is_in_it_and_may_be_revoked_in_it()
    {
        await _silo.RegisterAsync();
        var until = DateTimeOffset.UtcNow.AddHours(1).ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
        var delegation = (string)(await _silo.MadeAsync("alice: release-manager", "/v1/delegations", $$"""{"to":{"id":"bob"},"role":"release-manager","until":"{{until}}","justification":"on leave"}"""))["delegation_id"]!;
        string id;
        do
        {
            id = await _silo.WaitingAsync();
        }
        while (InstanceIds.LogOf(Guid.Parse(id)) != 1);

        await _silo.MadeAsync("bob:", "/v1/decisions", await _silo.DecisionAsync(id, "REJECT", delegation: delegation));
        await _silo.MadeAsync("alice: release-manager", $"/v1/delegations/{delegation}/revoke", """{"justification":"back again"}""");
        var entries = await Ledger.Entries.OfInstanceAsync(Guid.Parse(id), 0);

        var part = await GetAsync(Auditor, string.Create(CultureInfo.InvariantCulture, $"/v1/audit/logs/1/bundle?from={entries[0].Position}"));

        Assert.Contains("DELEGATION_REVOKED", part, StringComparison.Ordinal);
        var report = Verify(part);
        Assert.Equal(Verdict.Valid, report.Instances.Single(one => one.InstanceId == id).Verdict);
        Assert.Empty(report.Missing);
    }

    [Fact]
    public async Task Proofs_lead_to_the_head_that_stands_in_them()
    {
        await new Sample(Ledger, LedgerDatabase.NewId()).LiveAsync(server.Binding);
        var size = (await new LogCheckpoints(Ledger.Source).NewestAsync(1)).Checkpoint.Size;
        foreach (var position in new[] { 0, size / 2, size - 1 })
        {
            var (first, path, head) = Proof(await GetAsync(Auditor, string.Create(CultureInfo.InvariantCulture, $"/v1/audit/logs/1/proof/inclusion?position={position}&size={size}")));
            var leaf = Assert.Single(await Ledger.Entries.OfLogAsync(1, position, 1)).Sealed.Hash;
            Assert.Equal(["c2sp.org/tlog-proof@v1", string.Create(CultureInfo.InvariantCulture, $"index {position}")], first);
            Assert.Equal(size, head.Size);
            Assert.True(InclusionProof.Verify(leaf, position, size, path, head.Root));
        }

        foreach (var old in new[] { 1, size - 1, size })
        {
            var (first, path, head) = Proof(await GetAsync(Auditor, string.Create(CultureInfo.InvariantCulture, $"/v1/audit/logs/1/proof/consistency?first={old}&second={size}")));
            var before = new Frontier();
            foreach (var entry in await Ledger.Entries.OfLogAsync(1, 0, (int)old))
            {
                before.Append(entry.Sealed.Hash);
            }

            Assert.Equal([string.Create(CultureInfo.InvariantCulture, $"old {old}")], first);
            Assert.True(ConsistencyProof.Verify(old, before.Root(), head.Size, head.Root, path));
        }
    }

    [Theory]
    [InlineData("inclusion?position=x", 400, "invalid_body")]
    [InlineData("inclusion?position=9000000", 404, "not_found")]
    [InlineData("inclusion?position=2&size=2", 404, "not_found")]
    [InlineData("inclusion?position=0&size=0", 404, "not_found")]
    [InlineData("inclusion?position=0&size=1", 404, "not_found")]
    [InlineData("inclusion?position=0&size=9000000", 404, "not_found")]
    [InlineData("consistency?second=0", 400, "invalid_body")]
    [InlineData("consistency?first=0&second=2", 400, "invalid_body")]
    [InlineData("consistency?first=3&second=2", 400, "invalid_body")]
    [InlineData("consistency?first=9000000", 404, "not_found")]
    public async Task A_proof_of_what_is_not_in_the_log_is_refused(string what, int status, string code) =>
        (await _silo.GetAsync(Auditor, $"/v1/audit/logs/1/proof/{what}")).IsProblem(status, code);

    [Fact]
    public async Task A_bundle_gets_the_report_that_the_verifier_gives_it()
    {
        var bundle = await GetAsync(Admin, "/v1/audit/logs/1/bundle");
        var answered = await VerifyThereAsync(Encoding.UTF8.GetBytes(bundle));

        Assert.Equal(200, answered.Status);
        Assert.True(TrustedKeys.TryParse(new LedgerEvidence(Ledger).Keys.Span, out var keys, out _));
        using var stream = new MemoryStream(Encoding.UTF8.GetBytes(bundle));
        Assert.Equal(ReportJson.Write(Verifier.Verify(stream, keys)).ToString(), answered.Text);
        Assert.Equal("VALID", (string?)answered.Body!["verdict"]);

        var cut = await VerifyThereAsync(Encoding.UTF8.GetBytes(bundle)[..^40]);
        Assert.Equal("INCONCLUSIVE", (string?)cut.Body!["verdict"]);
    }

    [Theory]
    [InlineData("")]
    [InlineData("{}")]
    [InlineData("\n\n\n")]
    [InlineData("no bundle")]
    [InlineData("{\"counts\":{\"entry\":9007199254740991},\"format\":\"gantral/bundle/1\",\"kind\":\"header\",\"origin\":\"x\",\"scope\":\"log\",\"semantics\":\"gantral/authority/1\",\"to\":9007199254740991}\n")]
    public async Task Whatever_is_sent_to_be_verified_gets_a_verdict(string text)
    {
        var answered = await VerifyThereAsync(Encoding.UTF8.GetBytes(text));
        Assert.Equal(200, answered.Status);
        Assert.NotEqual("VALID", (string?)answered.Body!["verdict"]);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_bundle_over_the_limit_is_refused_whether_its_length_is_known_or_not(bool isKnown)
    {
        var bytes = new byte[BundleBody.MostBytes + 1];
        bytes.AsSpan().Fill((byte)'x');
        (await VerifyThereAsync(bytes, isKnown)).IsProblem(413, "too_large");
    }

    private Task<Answered> VerifyThereAsync(byte[] bundle, bool isLengthKnown = true)
    {
        HttpContent content = isLengthKnown ? new ByteArrayContent(bundle) : new StreamContent(new MemoryStream(bundle));
        content.Headers.ContentType = new MediaTypeHeaderValue("application/jsonl");
        content.Headers.ContentLength = isLengthKnown ? bundle.Length : null;
        var request = ServedApi.Request("POST", "/v1/audit/verify", _silo.Token(Auditor), content);
        request.Headers.TransferEncodingChunked = !isLengthKnown;
        request.Headers.ExpectContinue = true;
        return _silo.SendAsync(request);
    }

    private async Task<string> GetAsync(string who, string path)
    {
        var answered = await _silo.GetAsync(who, path);
        Assert.True(answered.Status == 200, answered.Text);
        return answered.Text;
    }

    // What stands before the hashes, the hashes, and behind an empty line the head.
    private static (string[] First, Digest[] Path, Checkpoint Head) Proof(string text)
    {
        var (proof, note) = (text[..text.IndexOf("\n\n", StringComparison.Ordinal)].Split('\n'), text[(text.IndexOf("\n\n", StringComparison.Ordinal) + 2)..]);
        Assert.True(SignedNote.TryParse(Encoding.UTF8.GetBytes(note), out var signed, out var fault), fault);
        Assert.True(Checkpoint.TryParse(signed.Text, out var head, out fault), fault);
        var first = proof.TakeWhile(line => line.Contains(' ', StringComparison.Ordinal) || line.Contains('@', StringComparison.Ordinal)).ToArray();
        return (first, [.. proof.Skip(first.Length).Select(hash => new Digest(Convert.FromBase64String(hash)))], head);
    }

    private VerificationReport Verify(string bundle)
    {
        using var stream = new MemoryStream(Encoding.UTF8.GetBytes(bundle));
        return Verifier.Verify(stream, server.Database.Keys());
    }
}
