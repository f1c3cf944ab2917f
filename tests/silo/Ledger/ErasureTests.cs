using Gantral.Abstractions.Commands;
using Gantral.Abstractions.Evidence;
using Gantral.Evidence.Verification;
using Gantral.Grains.Ledger;
using Gantral.Silo.Ledger;

namespace Gantral.Silo.Tests.Ledger;

/// <summary>What goes away, and what stays.</summary>
public sealed class ErasureTests(LedgerServer server) : IClassFixture<LedgerServer>
{
    [Fact]
    public async Task What_is_redacted_is_gone_with_the_entry_that_says_so_and_the_evidence_stays_valid()
    {
        await using var ledger = await server.OpenAsync();
        var life = await new Sample(ledger, LedgerDatabase.NewId()).DoAsync(life => life.Create(server.Binding));
        await life.DoAsync(life => life.Request(Sample.Ask));
        await life.DoAsync(life => life.Prepare(new Command.Cancel(Sample.Alice, Sample.NewKey(), null)));
        await life.DoAsync(life => life.Prepare(new Command.Redact(Sample.Alice, Sample.NewKey(), new Redaction(3, [PrivateFieldNames.ContextSnapshot]), "holds a name")));

        var entries = await ledger.ReadAsync(Subject.Instance(life.InstanceId));
        Assert.Equal([PrivateFieldNames.TriggerContext], entries[0].Payload.Select(field => field.Name));
        Assert.Empty(entries[2].Payload);
        Assert.Equal([PrivateFieldNames.Justification], entries[4].Payload.Select(field => field.Name));
        Assert.Equal(Verdict.Valid, (await server.Database.VerifyAsync()).Verdict);
    }

    [Fact]
    public async Task A_key_is_forgotten_once_it_is_too_old_and_not_before()
    {
        await using var ledger = await server.OpenAsync();
        var (key, request) = (Sample.NewKey(), Sample.NewKey());
        var life = await new Sample(ledger, LedgerDatabase.NewId()).DoAsync(life => life.Create(server.Binding, key, request));
        var known = new Gantral.Abstractions.Grains.CommandKey(key, request);
        var ageing = new KeyAgeing(ledger.Source);

        Assert.Equal(0, await ageing.RunAsync());
        Assert.IsType<CommitOutcome.Replayed>(await ledger.FindAsync(Subject.Instance(life.InstanceId), known));
        Assert.Equal(1, await ageing.RunAsync(TimeSpan.Zero));
        Assert.Null(await ledger.FindAsync(Subject.Instance(life.InstanceId), known));
    }
}
