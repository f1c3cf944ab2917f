using System.Collections.Concurrent;
using Gantral.Abstractions.Authority;
using Gantral.Abstractions.Evidence;
using Gantral.Evidence.Verification;
using Gantral.Grains.Ledger;
using Gantral.Silo.Ledger;
using Gantral.Silo.Tests.Embedded;

namespace Gantral.Silo.Tests.Ledger;

/// <summary>Creations without a pause, and what each was told.</summary>
internal sealed class Load
{
    private readonly PostgresLedger _ledger;
    private readonly Binding _binding;
    private readonly ConcurrentBag<Guid> _durable = [];
    private readonly ConcurrentBag<Guid> _failed = [];
    private readonly List<Task> _callers = [];
    private volatile bool _stop;

    public Load(PostgresLedger ledger, Binding binding)
    {
        (_ledger, _binding) = (ledger, binding);
        AddCallers();
    }

    public Task UntilDurableAsync(int more) => MoreAsync(_durable, more);

    public Task UntilFailedAsync(int more)
    {
        // Those of before may all be in one batch whose outcome is open for as long as the storage is away.
        AddCallers();
        return MoreAsync(_failed, more);
    }

    public async Task StopAsync()
    {
        _stop = true;
        await Task.WhenAll(_callers).WaitAsync(TestFolder.Patience);
    }

    /// <summary>Everything acknowledged is there, nothing that failed is, and the log verifies.</summary>
    public async Task CheckAsync(LedgerDatabase database)
    {
        var there = new HashSet<string>();
        await foreach (var subject in SubjectsAsync())
        {
            there.Add(subject);
        }

        Assert.Equal(_durable.Select(id => id.ToString("D")).Order(), there.Order());
        Assert.DoesNotContain(_failed, id => there.Contains(id.ToString("D")));
        var report = await database.VerifyAsync();
        Assert.True(report.Verdict == Verdict.Valid, report.Finding.ToString());
    }

    private async IAsyncEnumerable<string> SubjectsAsync()
    {
        for (var from = 0L; await _ledger.Entries.OfLogAsync(1, from, 1_000) is { IsEmpty: false } page; from += page.Length)
        {
            foreach (var entry in page.Where(entry => entry.Sealed.Entry is { Subject.Type: SubjectType.Instance, Sequence: 1 }))
            {
                yield return entry.Sealed.Entry.Subject.Id;
            }
        }
    }

    private static Task MoreAsync(ConcurrentBag<Guid> bag, int more)
    {
        var enough = bag.Count + more;
        return Until.TrueAsync(() => bag.Count >= enough);
    }

    private void AddCallers() => _callers.AddRange(Enumerable.Range(0, 16).Select(_ => Task.Run(CreateAsync)));

    private async Task CreateAsync()
    {
        while (!_stop)
        {
            var life = new Sample(_ledger, LedgerDatabase.NewId());
            switch (await life.SendAsync(life.Create(_binding)))
            {
                case CommitOutcome.Committed:
                    _durable.Add(life.InstanceId);
                    break;
                case CommitOutcome.Failed:
                    _failed.Add(life.InstanceId);
                    break;
                case CommitOutcome.Conflict:
                    // It waited for too long; a grain would decide again.
                    _failed.Add(life.InstanceId);
                    break;
                case var other:
                    Assert.Fail($"Nothing here is {other}.");
                    break;
            }
        }
    }
}
