using System.Text;
using System.Text.Json.Nodes;
using Gantral.Abstractions.Authority;
using Gantral.Abstractions.Commands;
using Gantral.Abstractions.Evidence;
using Gantral.Evidence.Verification;
using Gantral.Silo.Audit;
using Gantral.Silo.Ledger;
using Gantral.Silo.Tests.Ledger;

namespace Gantral.Silo.Tests.Audit;

/// <summary>Logs and parts of them, as somebody who has nothing but the public keys takes them.</summary>
public sealed class LogExportTests(LedgerServer server) : IClassFixture<LedgerServer>, IAsyncLifetime
{
    private readonly string _name = $"n{Guid.NewGuid():N}";
    private PostgresLedger _ledger = null!;

    public async Task InitializeAsync() => _ledger = await server.OpenAsync();

    public Task DisposeAsync() => _ledger.DisposeAsync().AsTask();

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task A_part_of_a_log_brings_what_governs_it_from_before_and_from_another_log(int log)
    {
        var life = await new Sample(_ledger, LedgerDatabase.NewId(log)).LiveAsync(await Sample.BindAsync(_ledger, _name, _name));
        var (from, to) = await PlaceAsync(life.InstanceId);
        await new Sample(_ledger, LedgerDatabase.NewId(log)).LiveAsync(server.Binding);

        var part = await ExportAsync(new LogPart(log, from, to) { Payloads = true });

        Assert.Equal(FindingCode.Ok, Verify(part).Finding.Code);
        Assert.Equal(("VALID", "ok"), await SecondOpinion.OnAsync(part, server.Database.Keys()));
        var lines = Lines(part);
        Assert.Equal(2, lines.Count(line => line.Contains("_REGISTERED\"", StringComparison.Ordinal)));
        foreach (var line in lines.Index().Where(line => !line.Item.Contains("\"kind\":\"payload\"", StringComparison.Ordinal)))
        {
            Assert.True(Verify(Without(lines, line.Index)).Verdict != Verdict.Valid, $"line {line.Index} can be dropped");
        }
    }

    [Fact]
    public async Task A_whole_log_brings_what_governs_it_from_another_log()
    {
        await new Sample(_ledger, LedgerDatabase.NewId(3)).LiveAsync(await Sample.BindAsync(_ledger, _name, _name));
        var whole = await ExportAsync(new LogPart(3, 0, await SizeAsync(3)));

        Assert.Contains("\"scope\":\"log\"", Lines(whole)[0], StringComparison.Ordinal);
        Assert.Equal((Verdict.Valid, FindingCode.Ok), (Verify(whole).Verdict, Verify(whole).Finding.Code));
        Assert.Equal(("VALID", "ok"), await SecondOpinion.OnAsync(whole, server.Database.Keys()));
        var lines = Lines(whole);
        var policy = lines.FindIndex(line => line.Contains("POLICY_REGISTERED", StringComparison.Ordinal));
        lines[policy] = lines[policy].Replace("alice", "malic", StringComparison.Ordinal);
        Assert.Equal(Verdict.Invalid, Verify(Joined(lines)).Verdict);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task A_team_sees_its_own_and_nothing_of_others_not_even_a_salt(int log)
    {
        var (ours, theirs) = ($"{_name}-ours", $"{_name}-theirs");
        var their = await Sample.BindAsync(_ledger, theirs, theirs);
        var our = await Sample.BindAsync(_ledger, ours, ours) with { RequiredPolicies = [new PolicyReference(their.PolicyVersionId, their.PolicyHash)] };
        var theirLife = await new Sample(_ledger, LedgerDatabase.NewId(log)).LiveAsync(their);
        var ourLife = await new Sample(_ledger, LedgerDatabase.NewId(log)).LiveAsync(our);
        theirLife = await new Sample(_ledger, LedgerDatabase.NewId(log)).LiveAsync(their);

        var part = new LogPart(log, 0, await SizeAsync(log)) { Teams = [ours], Payloads = true };
        var bundle = await ExportAsync(part);

        var report = Verify(bundle);
        Assert.Equal((FindingCode.Ok, ourLife.InstanceId.ToString("D")), (report.Finding.Code, Assert.Single(report.Instances).InstanceId));
        Assert.Equal(("VALID", "ok"), await SecondOpinion.OnAsync(bundle, server.Database.Keys()));
        Assert.True(report.Hidden >= 10);
        Assert.Contains(report.NotExcluded, words => words.Contains("bare hashes", StringComparison.Ordinal));
        var text = Encoding.UTF8.GetString(bundle);
        Assert.DoesNotContain(theirLife.InstanceId.ToString("D"), text, StringComparison.Ordinal);
        var salts = Salts(await ExportAsync(part with { Teams = null }));
        var shown = Salts(bundle);
        var own = Salts(await ExportAsync(part with { LogId = log, From = (await PlaceAsync(ourLife.InstanceId)).From, To = (await PlaceAsync(ourLife.InstanceId)).To, Teams = null }));
        Assert.True(own.IsSubsetOf(shown) && shown.IsProperSubsetOf(salts));
        Assert.Equal(own.Count + (log == 1 ? 2 : 0), shown.Count);

        // The policy of the other team that ours is bound to is shown as an entry; its content and its workflow are not.
        Assert.Single(Lines(bundle), line => line.Contains($"\"policy_version_id\":\"{their.PolicyVersionId}\"", StringComparison.Ordinal) && line.Contains("POLICY_REGISTERED", StringComparison.Ordinal));
        Assert.DoesNotContain($"\"workflow_id\":\"{theirs}\"", text, StringComparison.Ordinal);
        Assert.DoesNotContain($$"""{"team":"{{theirs}}""", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_instance_that_goes_on_is_open_in_a_part_and_shown_as_open_in_a_whole_log()
    {
        var life = await new Sample(_ledger, LedgerDatabase.NewId(2)).DoAsync(life => life.Create(server.Binding));
        var (from, to) = await PlaceAsync(life.InstanceId);

        var part = Verify(await ExportAsync(new LogPart(2, from, to)));
        Assert.Equal((Verdict.Inconclusive, FindingCode.Open), (part.Verdict, part.Finding.Code));
        var whole = Verify(await ExportAsync(new LogPart(2, 0, await SizeAsync(2))));
        Assert.Equal((Verdict.Valid, true), (whole.Verdict, whole.Instances.Single(one => one.InstanceId == life.InstanceId.ToString("D")).Open));
        await life.DoAsync(life => life.Prepare(new Command.Cancel(Sample.Agent, Sample.NewKey(), null)));
    }

    [Fact]
    public async Task What_was_erased_leaves_its_hash()
    {
        var life = await new Sample(_ledger, LedgerDatabase.NewId()).DoAsync(life => life.Create(server.Binding));
        await life.DoAsync(life => life.Request(Sample.Ask));
        await life.DoAsync(life => life.Prepare(new Command.Cancel(Sample.Agent, Sample.NewKey(), null)));
        await life.DoAsync(life => life.Prepare(new Command.Redact(Sample.Alice, Sample.NewKey(), new Redaction(3, [PrivateFieldNames.ContextSnapshot]), "holds a name")));
        var (from, to) = await PlaceAsync(life.InstanceId);

        var part = await ExportAsync(new LogPart(1, from, to) { Payloads = true });

        Assert.Single(Lines(part), line => line.Contains("\"context_snapshot\":{\"hash\":", StringComparison.Ordinal));
        Assert.Equal(FindingCode.Ok, Verify(part).Finding.Code);
    }

    [Fact]
    public async Task A_part_that_ends_at_the_head_needs_no_consistency_and_one_that_begins_at_the_beginning_no_frontier()
    {
        var life = await new Sample(_ledger, LedgerDatabase.NewId()).LiveAsync(server.Binding);
        var (from, to) = await PlaceAsync(life.InstanceId);

        var last = await ExportAsync(new LogPart(1, from, to));
        Assert.DoesNotContain("\"kind\":\"consistency\"", Encoding.UTF8.GetString(last), StringComparison.Ordinal);
        Assert.Equal(Verdict.Valid, Verify(last).Verdict);
        var first = await ExportAsync(new LogPart(1, 0, 1));
        Assert.DoesNotContain("\"kind\":\"frontier\"", Encoding.UTF8.GetString(first), StringComparison.Ordinal);
        Assert.Equal(Verdict.Valid, Verify(first).Verdict);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task One_that_broke_off_goes_on_to_the_same_bytes_although_the_log_has_grown(bool ofTeam)
    {
        var life = await new Sample(_ledger, LedgerDatabase.NewId()).LiveAsync(await Sample.BindAsync(_ledger, _name, _name));
        var part = new LogPart(1, 0, await SizeAsync(1)) { Teams = ofTeam ? [_name] : null, Payloads = true };
        var whole = Lines(await ExportAsync(part));
        await new Sample(_ledger, LedgerDatabase.NewId()).LiveAsync(server.Binding);

        Assert.Equal(whole, Lines(await ExportAsync(part)));
        foreach (var at in new[] { 0, 1, (await PlaceAsync(life.InstanceId)).From + 1, part.To - 1 })
        {
            var rest = Lines(await ExportAsync(part with { Resume = at }));
            Assert.Equal(whole[^rest.Count..], rest);
            Assert.Equal(at, (long)JsonNode.Parse(rest[0])!["position"]!);
        }
    }

    [Fact]
    public async Task Times_are_those_of_the_signed_heads()
    {
        var heads = new LogCheckpoints(_ledger.Source);
        var life = await new Sample(_ledger, LedgerDatabase.NewId(2)).LiveAsync(server.Binding);
        var (from, to) = await PlaceAsync(life.InstanceId);
        foreach (var size in new[] { 2, from + 1, to - 1, to })
        {
            var time = (await heads.CoveringAsync(2, size))!.Checkpoint;
            Assert.True(await heads.SizeBeforeAsync(2, time.Time) < time.Size);
            Assert.True(await heads.SizeBeforeAsync(2, time.Time.Plus(TimeSpan.FromMilliseconds(1))) >= time.Size);
        }

        Assert.Equal(0, await heads.SizeBeforeAsync(2, default));
        Assert.Equal(await SizeAsync(2), await heads.SizeBeforeAsync(2, _ledger.Clock.Now.Plus(TimeSpan.FromDays(1))));
        Assert.Null(await heads.CoveringAsync(2, long.MaxValue));
    }

    private async Task<(long From, long To)> PlaceAsync(Guid instanceId)
    {
        var entries = await _ledger.Entries.OfInstanceAsync(instanceId, 0);
        return (entries[0].Position, entries[^1].Position + 1);
    }

    private async Task<long> SizeAsync(int log) => (await new LogCheckpoints(_ledger.Source).NewestAsync(log)).Checkpoint.Size;

    private async Task<byte[]> ExportAsync(LogPart part)
    {
        using var bundle = new MemoryStream();
        await new LogExport(_ledger.Source).WriteAsync(part, bundle);
        return bundle.ToArray();
    }

    private static HashSet<string> Salts(byte[] bundle) =>
        [.. Lines(bundle).Where(line => line.Contains("\"kind\":\"payload\"", StringComparison.Ordinal)).SelectMany(line => JsonNode.Parse(line)!["fields"]!.AsObject()).Select(field => (string?)field.Value!["salt"]).OfType<string>()];

    private static List<string> Lines(byte[] bundle) => [.. Encoding.UTF8.GetString(bundle).Split('\n', StringSplitOptions.RemoveEmptyEntries)];

    private static byte[] Joined(IEnumerable<string> lines) => Encoding.UTF8.GetBytes(string.Concat(lines.Select(line => $"{line}\n")));

    private static byte[] Without(List<string> lines, int index) => Joined(lines.Where((_, place) => place != index));

    private VerificationReport Verify(byte[] bundle)
    {
        using var stream = new MemoryStream(bundle);
        return Verifier.Verify(stream, server.Database.Keys());
    }
}
