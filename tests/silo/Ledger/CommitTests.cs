using Gantral.Abstractions.Authority;
using Gantral.Abstractions.Evidence;
using Gantral.Evidence.Verification;

namespace Gantral.Silo.Tests.Ledger;

public sealed class CommitTests(LedgerServer server) : IClassFixture<LedgerServer>
{
    [Fact]
    public async Task A_whole_life_is_read_back_as_it_was_and_verifies()
    {
        await using var ledger = await server.OpenAsync();
        var binding = await Sample.BindAsync(ledger);
        var life = await new Sample(ledger, LedgerDatabase.NewId()).LiveAsync(binding);

        var entries = await ledger.ReadAsync(Subject.Instance(life.InstanceId));
        Assert.Equal(
            ["Created", "Running", "WaitingForHuman", "Approved", "Resumed", "Running", "Completed"],
            entries.Select(entry => entry.Entry.Type.ToString()));
        var folded = entries.Aggregate((Instance?)null, Gantral.Grains.Authority.InstanceFold.Apply)!;
        Assert.Equal(life.Instance!.Head, folded.Head);
        Assert.Equal(life.Instance.Context, folded.Context);

        var report = await server.Database.VerifyAsync();
        Assert.Equal((Verdict.Valid, FindingCode.Ok), (report.Verdict, report.Finding.Code));
    }

    [Fact]
    public async Task Lives_in_several_logs_at_once_all_verify()
    {
        await using var ledger = await server.OpenAsync();
        var binding = await Sample.BindAsync(ledger);
        await Task.WhenAll(Enumerable.Range(0, 300).Select(i => new Sample(ledger, LedgerDatabase.NewId((i % 3) + 1)).LiveAsync(binding)));

        foreach (var log in server.Database.Served.Logs.Keys)
        {
            var report = await server.Database.VerifyAsync(log);
            Assert.True(report.Finding.Code is FindingCode.Ok or FindingCode.MissingGoverning, report.Finding.ToString());
        }
    }
}
