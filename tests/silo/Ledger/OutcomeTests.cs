using System.Text;
using Gantral.Abstractions.Evidence;
using Gantral.Abstractions.Refusals;
using Gantral.Evidence.Entries;
using Gantral.Evidence.Verification;
using Gantral.Grains.Ledger;
using Gantral.Silo.Tests.Embedded;

namespace Gantral.Silo.Tests.Ledger;

/// <summary>What callers are told, and whether it is true.</summary>
public sealed class OutcomeTests(LedgerServer server) : IClassFixture<LedgerServer>
{
    private static readonly byte[] Head = Encoding.UTF8.GetBytes($"{LedgerDatabase.Origin}/1\n");

    [Fact]
    public async Task A_commit_whose_answer_was_lost_is_found_durable_and_not_done_twice()
    {
        await using var proxy = new CuttingProxy(server.Database.Serving, Head);
        await using var ledger = await server.Database.OpenAsync(server.Database.Options with { ConnectionString = proxy.ConnectionString });
        var life = await new Sample(ledger, LedgerDatabase.NewId()).DoAsync(life => life.Create(server.Binding));

        proxy.Arm(Cut.BeforeTheAnswerArrives);
        Assert.IsType<CommitOutcome.Committed>(await life.SendAsync(life.Request(Sample.Ask)));

        Assert.Equal(1, proxy.Cuts);
        Assert.Equal(3, (await ledger.ReadAsync(Subject.Instance(life.InstanceId))).Length);
        await ValidAsync();
    }

    [Fact]
    public async Task A_commit_that_did_not_reach_the_server_is_refused_and_never_happens()
    {
        await using var proxy = new CuttingProxy(server.Database.Serving, Head);
        await using var ledger = await server.Database.OpenAsync(server.Database.Options with { ConnectionString = proxy.ConnectionString });
        var life = await new Sample(ledger, LedgerDatabase.NewId()).DoAsync(life => life.Create(server.Binding));

        proxy.Arm(Cut.BeforeTheServerHasIt);
        var outcome = await life.SendAsync(life.Request(Sample.Ask));

        Assert.Equal(RefusalCode.StorageUnavailable, Assert.IsType<CommitOutcome.Failed>(outcome).Refusal.Code);
        Assert.Equal(1, proxy.Cuts);
        Assert.Equal(2, (await ledger.ReadAsync(Subject.Instance(life.InstanceId))).Length);
        await life.DoAsync(life => life.Request(Sample.Ask));
        await ValidAsync();
    }

    [Theory]
    [InlineData(nameof(Cut.StandsStill))]
    [InlineData(nameof(Cut.StandsStillHalfway))]
    public async Task A_silo_that_stands_still_while_it_holds_the_log_does_not_stop_the_others(string how)
    {
        await using var proxy = new CuttingProxy(server.Database.Serving, Head);
        await using var stopped = await server.Database.OpenAsync(server.Database.Options with { ConnectionString = proxy.ConnectionString });
        await using var other = await server.OpenAsync();
        var life = await new Sample(stopped, LedgerDatabase.NewId()).DoAsync(life => life.Create(server.Binding));

        proxy.Arm(Enum.Parse<Cut>(how));
        var standing = life.SendAsync(life.Request(Sample.Ask));
        await Until.TrueAsync(() => proxy.Cuts == 1);
        await new Sample(other, LedgerDatabase.NewId()).LiveAsync(server.Binding);

        Assert.Equal(RefusalCode.StorageUnavailable, Assert.IsType<CommitOutcome.Failed>(await standing).Refusal.Code);
        Assert.Equal(2, (await other.ReadAsync(Subject.Instance(life.InstanceId))).Length);
        await life.DoAsync(life => life.Request(Sample.Ask));
        await ValidAsync();
    }

    [Fact]
    public async Task Of_many_commits_in_one_batch_only_the_poisoned_one_is_rejected()
    {
        await using var ledger = await server.Database.OpenAsync(server.Database.Options with { OldestEntries = TestFolder.Patience });

        // A zero is good JSON and good evidence, but PostgreSQL stores no text that has one.
        var poisoned = new Sample(ledger, LedgerDatabase.NewId());
        var poison = poisoned.Create(server.Binding with { OwningTeamId = "pay\0ments" });
        var neighbours = Enumerable.Range(0, 40).Select(_ => new Sample(ledger, LedgerDatabase.NewId())).ToList();
        var outcomes = await Task.WhenAll(neighbours.Select(life => life.SendAsync(life.Create(server.Binding))).Append(poisoned.SendAsync(poison)));

        Assert.All(outcomes[..^1], outcome => Assert.IsType<CommitOutcome.Committed>(outcome));
        Assert.IsType<CommitOutcome.Rejected>(outcomes[^1]);
        Assert.Empty(await ledger.ReadAsync(Subject.Instance(poisoned.InstanceId)));
        await ValidAsync();
    }

    [Fact]
    public async Task A_commit_over_the_limit_is_refused_before_it_waits()
    {
        await using var ledger = await server.Database.OpenAsync(server.Database.Options with { CommitBytes = 20_000 });
        var life = new Sample(ledger, LedgerDatabase.NewId());
        var outcome = await life.SendAsync(life.Create(server.Binding, context: $"\"{new string('x', 30_000)}\""));

        Assert.Equal(RefusalCode.TooLarge, Assert.IsType<CommitOutcome.Failed>(outcome).Refusal.Code);
        await life.DoAsync(life => life.Create(server.Binding, context: $"\"{new string('x', 10_000)}\""));
    }

    [Fact]
    public async Task Of_two_that_continue_the_same_entry_one_wins_and_the_other_is_told()
    {
        await using var ledger = await server.OpenAsync();
        await using var other = await server.OpenAsync();
        for (var round = 0; round < 20; round++)
        {
            var life = await new Sample(ledger, LedgerDatabase.NewId()).DoAsync(life => life.Create(server.Binding));
            var outcomes = await Task.WhenAll(ledger.CommitAsync(life.Request(Sample.Ask)).AsTask(), other.CommitAsync(life.Request(Sample.Allow)).AsTask());

            Assert.Single(outcomes.OfType<CommitOutcome.Committed>());
            Assert.Single(outcomes.OfType<CommitOutcome.Conflict>());
        }

        await ValidAsync();
    }

    [Fact]
    public async Task A_commit_on_top_of_an_entry_that_is_not_there_is_a_conflict()
    {
        await using var ledger = await server.OpenAsync();
        var life = new Sample(ledger, LedgerDatabase.NewId());
        var created = life.Create(server.Binding);
        var ahead = new Commit([.. created.Entries.Skip(1)], created.Instance, null);
        Assert.IsType<CommitOutcome.Conflict>(await ledger.CommitAsync(ahead));

        await life.SendAsync(created);
        var next = life.Request(Sample.Ask).Entries[0].Entry;
        var forked = new Commit([SealedEntry.Seal(next with { PrevHash = Sample.NewKey(), PayloadHash = null })], life.Instance, null);
        Assert.IsType<CommitOutcome.Conflict>(await ledger.CommitAsync(forked));
    }

    [Fact]
    public async Task The_same_key_with_the_same_request_is_told_what_came_of_it_and_with_another_is_refused()
    {
        await using var ledger = await server.OpenAsync();
        var (key, request) = (Sample.NewKey(), Sample.NewKey());
        var first = await new Sample(ledger, LedgerDatabase.NewId()).DoAsync(life => life.Create(server.Binding, key, request));
        var again = new Sample(ledger, LedgerDatabase.NewId());

        var replayed = Assert.IsType<CommitOutcome.Replayed>(await again.SendAsync(again.Create(server.Binding, key, request)));
        Assert.Equal((Subject.Instance(first.InstanceId), 2), (replayed.Subject, replayed.Sequence));
        Assert.IsType<CommitOutcome.KeyTaken>(await again.SendAsync(again.Create(server.Binding, key, Sample.NewKey())));
    }

    [Fact]
    public async Task The_same_key_at_the_same_moment_on_two_silos_creates_once()
    {
        await using var ledger = await server.OpenAsync();
        await using var other = await server.OpenAsync();
        for (var round = 0; round < 20; round++)
        {
            var (key, request) = (Sample.NewKey(), Sample.NewKey());
            var outcomes = await Task.WhenAll(Enumerable.Range(0, 6).Select(i =>
            {
                var life = new Sample(i % 2 == 0 ? ledger : other, LedgerDatabase.NewId());
                return life.SendAsync(life.Create(server.Binding, key, request));
            }));

            Assert.Single(outcomes.OfType<CommitOutcome.Committed>());
            Assert.Equal(5, outcomes.OfType<CommitOutcome.Replayed>().Count());
        }
    }

    [Fact]
    public async Task Entries_that_waited_for_too_long_are_to_be_decided_again()
    {
        await using var ledger = await server.OpenAsync();
        var life = new Sample(ledger, LedgerDatabase.NewId());
        var created = life.Create(server.Binding);
        var old = created.Entries[0].Entry;
        var late = SealedEntry.Seal(old with { At = old.At.Plus(TimeSpan.FromSeconds(-3)) }, [.. created.Entries[0].Payload]);

        Assert.IsType<CommitOutcome.Conflict>(await ledger.CommitAsync(created with { Entries = [late] }));
        Assert.IsType<CommitOutcome.Committed>(await life.SendAsync(created));
    }

    [Fact]
    public async Task More_than_may_wait_is_refused_at_once_and_the_rest_is_written()
    {
        await using var ledger = await server.Database.OpenAsync(server.Database.Options with { QueueLimit = 16, BatchLimit = 4 });
        var lives = Enumerable.Range(0, 400).Select(_ => new Sample(ledger, LedgerDatabase.NewId())).ToList();
        var outcomes = await Task.WhenAll(lives.Select(life => life.SendAsync(life.Create(server.Binding))));

        Assert.Contains(outcomes, outcome => outcome is CommitOutcome.Committed);
        var refused = outcomes.OfType<CommitOutcome.Failed>().ToList();
        Assert.All(refused, outcome => Assert.Equal(RefusalCode.Overloaded, outcome.Refusal.Code));
        Assert.NotEmpty(refused);
        foreach (var (life, outcome) in lives.Zip(outcomes))
        {
            Assert.Equal(outcome is CommitOutcome.Committed ? 2 : 0, (await ledger.ReadAsync(Subject.Instance(life.InstanceId))).Length);
        }
    }

    [Fact]
    public async Task What_waits_when_the_silo_stops_is_written_and_what_comes_later_is_refused()
    {
        await using var ledger = await server.Database.OpenAsync(server.Database.Options with { BatchLimit = 4, OldestEntries = TestFolder.Patience });
        var waiting = Enumerable.Range(0, 100).Select(_ => new Sample(ledger, LedgerDatabase.NewId())).Select(life => life.SendAsync(life.Create(server.Binding))).ToList();
        await ledger.DrainAsync(TimeSpan.FromSeconds(20));

        Assert.All(await Task.WhenAll(waiting), outcome => Assert.IsType<CommitOutcome.Committed>(outcome));
        var late = new Sample(ledger, LedgerDatabase.NewId());
        Assert.Equal(RefusalCode.StorageUnavailable, Assert.IsType<CommitOutcome.Failed>(await late.SendAsync(late.Create(server.Binding))).Refusal.Code);
    }

    private async Task ValidAsync()
    {
        var report = await server.Database.VerifyAsync();
        Assert.True(report.Verdict == Verdict.Valid, report.Finding.ToString());
    }
}
