using System.Text;
using Gantral.Abstractions.Authority;
using Gantral.Abstractions.Commands;
using Gantral.Abstractions.Evidence;
using Gantral.Abstractions.Grains;
using Gantral.Evidence.Verification;
using Gantral.Lives;
using Gantral.Silo.Audit;
using Gantral.Silo.Hosting;
using Gantral.Silo.Tests.Hosting;
using Gantral.Silo.Tests.Ledger;

namespace Gantral.Silo.Tests.Audit;

/// <summary>The bundle of an instance, as somebody who has nothing but the public keys takes it.</summary>
public sealed class InstanceExportTests(LedgerServer server) : IClassFixture<LedgerServer>
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_life_that_has_ended_is_proven_by_its_bundle_alone(bool payloads)
    {
        await using var silo = await WorkingSilo.StartAsync(server.Database);
        var id = await EndedAsync(silo);

        var report = Verify(await LinesAsync(silo, id, payloads));

        Assert.Equal(Verdict.Valid, report.Verdict);
        Assert.Equal(Verdict.Valid, Assert.Single(report.Instances).Verdict);
    }

    [Fact]
    public async Task A_life_in_another_log_brings_what_governs_it_along_with_its_own_head()
    {
        await using var silo = await WorkingSilo.StartAsync(server.Database, logs: 3);
        var ids = new Dictionary<int, Guid>();
        while (ids.Count < 3)
        {
            var id = await EndedAsync(silo);
            ids[InstanceIds.LogOf(id)] = id;
        }

        foreach (var id in ids.Values)
        {
            Assert.Equal(Verdict.Valid, Verify(await LinesAsync(silo, id, payloads: true)).Verdict);
        }
    }

    [Fact]
    public async Task A_decision_under_a_delegation_brings_the_delegation_along()
    {
        await using var silo = await WorkingSilo.StartAsync(server.Database);
        var id = await silo.WaitingAsync();
        var delegation = silo.Host.NewDelegationId();
        var grant = new DelegationGrant(Life.Person("bob").Person, "release-manager", silo.Ledger.Clock.Now.Plus(TimeSpan.FromHours(1)));
        Assert.Null((await silo.Host.Delegation(delegation).GrantAsync(WorkingSilo.Caller(Life.Person("alice"), "release-manager"), WorkingSilo.Team, grant, "away today")).Refusal);
        Assert.Null((await silo.ApproveAsync(id, "bob", delegation: delegation)).Refusal);
        Assert.Null((await silo.Host.Instance(id).CancelAsync(WorkingSilo.Caller(Life.Agent), null)).Refusal);

        var lines = await LinesAsync(silo, id, payloads: false);

        Assert.Equal(Verdict.Valid, Verify(lines).Verdict);
        Assert.Equal(Verdict.Inconclusive, Verify(Without(lines, delegation.ToString("D"))).Verdict);
    }

    [Fact]
    public async Task What_was_erased_leaves_its_hash_and_the_rest_is_still_checked()
    {
        await using var ledger = await server.OpenAsync();
        var life = await new Sample(ledger, LedgerDatabase.NewId()).DoAsync(life => life.Create(server.Binding));
        await life.DoAsync(life => life.Request(Sample.Ask));
        await life.DoAsync(life => life.Prepare(new Command.Cancel(Sample.Alice, Sample.NewKey(), null)));
        await life.DoAsync(life => life.Prepare(new Command.Redact(Sample.Alice, Sample.NewKey(), new Redaction(3, [PrivateFieldNames.ContextSnapshot]), "holds a name")));

        var lines = await new InstanceExport(ledger.Entries, new LogCheckpoints(ledger.Source), new LogTiles(ledger.Source)).LinesAsync(life.InstanceId, payloads: true);

        var erased = Assert.Single(lines, line => Encoding.UTF8.GetString(line).Contains("\"context_snapshot\":{\"hash\":", StringComparison.Ordinal));
        Assert.DoesNotContain("salt", Encoding.UTF8.GetString(erased), StringComparison.Ordinal);
        Assert.Equal(Verdict.Valid, Verify(lines).Verdict);
    }

    [Fact]
    public async Task A_bundle_of_a_life_that_goes_on_says_so()
    {
        await using var silo = await WorkingSilo.StartAsync(server.Database);
        var report = Verify(await LinesAsync(silo, await silo.WaitingAsync(), payloads: true));

        Assert.Equal((Verdict.Inconclusive, FindingCode.Open), (report.Verdict, report.Finding.Code));
    }

    [Fact]
    public async Task There_is_no_bundle_of_an_instance_that_never_was()
    {
        await using var silo = await WorkingSilo.StartAsync(server.Database);
        Assert.Empty(await LinesAsync(silo, Guid.CreateVersion7(), payloads: true));
    }

    [Fact]
    public async Task No_bit_of_a_bundle_can_be_turned_without_being_noticed()
    {
        await using var silo = await WorkingSilo.StartAsync(server.Database);
        var bundle = Joined(await LinesAsync(silo, await EndedAsync(silo), payloads: true));
        Assert.Equal(Verdict.Valid, Verify(bundle).Verdict);
        var seed = Random.Shared.Next();
        var random = new Random(seed);
        var flips = Environment.GetEnvironmentVariable("GANTRAL_TEST_FULL") is null ? Enumerable.Range(0, 400).Select(_ => random.Next(bundle.Length * 8)) : Enumerable.Range(0, bundle.Length * 8);
        foreach (var flip in flips)
        {
            bundle[flip / 8] ^= (byte)(1 << (flip % 8));
            Assert.True(Verify(bundle).Verdict != Verdict.Valid, $"bit {flip} can be turned (seed {seed})");
            bundle[flip / 8] ^= (byte)(1 << (flip % 8));
        }
    }

    private static async Task<Guid> EndedAsync(WorkingSilo silo)
    {
        var id = await silo.WaitingAsync();
        Assert.Null((await silo.DecideAsync(id, WorkingSilo.Caller(Life.Person("alice"), "release-manager"), await silo.OfferAsync(id, DecisionType.Override, delta: """{"percent":5}"""))).Refusal);
        Assert.Null((await silo.Host.Instance(id).ClaimAsync(WorkingSilo.Caller(Life.Agent), WorkKind.Resume)).Refusal);
        Assert.Null((await silo.Host.Instance(id).CompleteAsync(WorkingSilo.Caller(Life.Agent), new WorkRemains())).Refusal);
        return id;
    }

    private static Task<IReadOnlyList<byte[]>> LinesAsync(WorkingSilo silo, Guid id, bool payloads) =>
        new InstanceExport(silo.Ledger.Entries, new LogCheckpoints(silo.Ledger.Source), new LogTiles(silo.Ledger.Source)).LinesAsync(id, payloads);

    private static List<byte[]> Without(IReadOnlyList<byte[]> lines, string text) =>
        [.. lines.Where(line => !(Encoding.UTF8.GetString(line) is var shown && shown.Contains("\"DELEGATION_GRANTED\"", StringComparison.Ordinal) && shown.Contains(text, StringComparison.Ordinal)))];

    private static byte[] Joined(IReadOnlyList<byte[]> lines) => [.. lines.SelectMany(line => line.Append((byte)'\n'))];

    private VerificationReport Verify(IReadOnlyList<byte[]> lines) => Verify(Joined(lines));

    private VerificationReport Verify(byte[] bundle)
    {
        using var stream = new MemoryStream(bundle);
        return Verifier.Verify(stream, server.Database.Keys());
    }
}
