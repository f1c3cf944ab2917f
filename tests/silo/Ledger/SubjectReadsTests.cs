using Gantral.Abstractions.Commands;
using Gantral.Abstractions.Evidence;
using Gantral.Silo.Ledger;
using Gantral.Silo.Tests.Embedded;

namespace Gantral.Silo.Tests.Ledger;

/// <summary>Many ask for entries at once: each gets its own, whoever it was read with.</summary>
public sealed class SubjectReadsTests(LedgerServer server) : IClassFixture<LedgerServer>
{
    private const int Lives = 300;

    [Fact]
    public async Task Each_of_many_reads_at_once_gets_the_entries_of_its_own_subject_after_its_own_sequence()
    {
        await using var ledger = await server.OpenAsync();
        var lives = await Task.WhenAll(Enumerable.Range(0, Lives).Select(life => new Sample(ledger, LedgerDatabase.NewId(1 + (life % 3))).DoAsync(life => life.Create(server.Binding, context: $$"""{"life":"{{life.InstanceId}}"}"""))));
        await Task.WhenAll(lives.Select(life => life.DoAsync(life => life.Request(Sample.Ask))));

        await Task.WhenAll(lives.SelectMany((life, place) => new[] { CheckAsync(life, 0), CheckAsync(life, place % 4), NoneAsync() }));

        async Task CheckAsync(Sample life, long after)
        {
            var entries = await ledger.ReadAsync(Subject.Instance(life.InstanceId), after);
            Assert.Equal(Enumerable.Range((int)after + 1, 3 - (int)after).Select(sequence => (long)sequence), entries.Select(entry => entry.Entry.Sequence));
            Assert.All(entries, entry => Assert.Equal(life.InstanceId.ToString("D"), entry.Entry.Subject.Id));
            Assert.Equal(after == 3 ? 0 : after == 2 ? 1 : after == 1 ? 1 : 2, entries.Sum(entry => entry.Payload.Length));
            if (after == 0)
            {
                Assert.Equal($$"""{"life":"{{life.InstanceId}}"}""", Assert.Single(entries[0].Payload).Value.ToString());
            }
        }

        async Task NoneAsync() => Assert.Empty(await ledger.ReadAsync(Subject.Instance(LedgerDatabase.NewId())));
    }

    [Fact]
    public async Task A_history_that_is_longer_than_a_page_is_read_whole()
    {
        await using var ledger = await server.OpenAsync();
        var life = await new Sample(ledger, LedgerDatabase.NewId()).DoAsync(life => life.Create(server.Binding));
        for (var more = 0; more < SubjectReads.PageEntries + 10; more++)
        {
            await life.DoAsync(life => life.Prepare(new Command.AttachEvidence(Sample.Agent, Sample.NewKey(), Sample.Json("{}"))));
        }

        var entries = await ledger.ReadAsync(Subject.Instance(life.InstanceId));
        Assert.Equal(Enumerable.Range(1, SubjectReads.PageEntries + 12).Select(sequence => (long)sequence), entries.Select(entry => entry.Entry.Sequence));
    }

    [Fact]
    public async Task Entries_that_cannot_be_understood_fail_the_reads_of_their_own_subject_alone()
    {
        await using var ledger = await server.OpenAsync();
        var lives = await Task.WhenAll(Enumerable.Range(0, 40).Select(_ => new Sample(ledger, LedgerDatabase.NewId(2)).DoAsync(life => life.Create(server.Binding))));
        var broken = lives[17].InstanceId;
        await Query.RunAsync(server.Database.Owner, $"UPDATE entry SET bytes = '\\x7b' WHERE log_id = 2 AND subject = '{broken}' AND sequence = 2");

        await Task.WhenAll(lives.Select(async life =>
        {
            var read = ledger.ReadAsync(Subject.Instance(life.InstanceId)).AsTask();
            if (life.InstanceId == broken)
            {
                await Assert.ThrowsAnyAsync<Exception>(() => read);
            }
            else
            {
                Assert.Equal(2, (await read).Length);
            }
        }));
    }
}
