using System.Text.Json.Nodes;
using Gantral.Lives;
using Gantral.Silo.Tests.AuthorityApi;
using Gantral.Silo.Tests.Embedded;
using Gantral.Silo.Tests.Hosting;
using Gantral.Silo.Tests.Ledger;
using Gantral.Silo.Tests.Node;

namespace Gantral.Silo.Tests.Pages;

/// <summary>The pages before thousands of instances: 2,000 that wait among 50,000 with GANTRAL_TEST_FULL=1, fewer otherwise.</summary>
public sealed class ManyInstancesTests(LedgerServer server) : IClassFixture<LedgerServer>
{
    private const int AtOnce = 64;

    [Fact]
    public async Task What_waits_is_shown_as_it_is_scrolled_to_and_lists_and_board_are_there_among_many_others()
    {
        var (waiting, others) = (Scale.Rounds(120, 2_000), Scale.Rounds(2_000, 48_000));
        await using var silo = await ServedSilo.StartAsync(server.Database);
        await SeedAsync(others);
        await Parallel.ForEachAsync(Enumerable.Range(0, 30), new ParallelOptions { MaxDegreeOfParallelism = AtOnce }, async (_, _) =>
        {
            var id = await silo.Silo.RunningAsync();
            await silo.Silo.Host.Instance(id).CancelAsync(WorkingSilo.Caller(Life.Agent), "not any more");
        });
        await Parallel.ForEachAsync(Enumerable.Range(0, waiting), new ParallelOptions { MaxDegreeOfParallelism = AtOnce }, async (_, _) => await silo.Silo.StoppedAsync("patient"));

        await using var browser = await NodeService.OpenAsync("Pages/browser", "playwright-core");
        using var client = new HttpClient { Timeout = TimeSpan.FromMinutes(5) };
        var tokens = new JsonObject
        {
            ["alice"] = silo.Token("alice: release-manager gantral.auditor", WorkingSilo.Team),
            ["bob"] = silo.Token("bob: release-manager", WorkingSilo.Team),
        };
        var fault = await Scenario.RunAsync(client, browser, silo.Address, "many/areShown", ("tokens", tokens), ("waiting", waiting), ("pictures", WebPagesTests.Pictures));
        Assert.True(fault is null, fault);
    }

    // Older than those that people look at, and over: they are listed by nobody and counted by everybody.
    private Task SeedAsync(int count) => Query.RunAsync(server.Database.Owner, $"""
        INSERT INTO instance (log_id, instance_id, created_at, updated_at, sequence, owning_team_id, workflow_id, workflow_version, policy_version_id, materiality, mode, state, reason)
        SELECT 1, (lpad(to_hex((extract(epoch FROM now() - interval '1 hour') * 1000)::bigint), 12, '0') || '70018' || lpad(to_hex(n), 15, '0'))::uuid,
               now() - interval '1 hour', now(), 4, '{WorkingSilo.Team}', 'nightly-' || n % 7, '1', 'guard@1', 'LOW', 'ENFORCE', 'COMPLETED', NULL
        FROM generate_series(1, {count}) AS n
        """);
}
