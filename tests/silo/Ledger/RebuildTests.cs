using Gantral.Abstractions.Authority;
using Gantral.Silo.Projections;
using Gantral.Silo.Tests.Embedded;

namespace Gantral.Silo.Tests.Ledger;

public sealed class RebuildTests(LedgerServer server) : IClassFixture<LedgerServer>
{
    private static readonly string[] Tables = ["instance", "inbox", "timer"];

    [Fact]
    public async Task Projections_made_of_entries_again_are_the_ones_that_were_there()
    {
        await using var ledger = await server.OpenAsync();
        await PopulateAsync(ledger, 250);
        var before = await DumpAsync();

        await Query.RunAsync(server.Database.Serving, "UPDATE instance SET state = 'COMPLETED', sequence = 99; DELETE FROM inbox; DELETE FROM timer");
        await Query.RunAsync(server.Database.Serving, $"INSERT INTO timer (log_id, instance_id, due_at, deadline) VALUES (1, '{Guid.CreateVersion7()}', now(), 'DECISION')");
        Assert.NotEqual(before, await DumpAsync());
        foreach (var log in server.Database.Served.Logs.Keys)
        {
            await new ProjectionRebuild(server.Database.Serving, log).RunAsync();
        }

        Assert.Equal(before, await DumpAsync());
    }

    [Fact]
    public async Task Silos_go_on_while_projections_are_made_again()
    {
        await using var ledger = await server.OpenAsync();
        await PopulateAsync(ledger, 400);
        var rebuilding = new ProjectionRebuild(server.Database.Serving, 1).RunAsync();
        await PopulateAsync(ledger, 100);
        await rebuilding;
        var live = await DumpAsync();

        await new ProjectionRebuild(server.Database.Serving, 1).RunAsync();
        Assert.Equal(live, await DumpAsync());
    }

    private static async Task PopulateAsync(Silo.Ledger.PostgresLedger ledger, int lives)
    {
        var binding = await Sample.BindAsync(ledger);
        await Task.WhenAll(Enumerable.Range(0, lives).Select(i => PopulateAsync(new Sample(ledger, LedgerDatabase.NewId((i % 3) + 1)), binding, i)));
    }

    private static async Task PopulateAsync(Sample life, Binding binding, int kind)
    {
        await life.DoAsync(life => life.Create(binding));
        if (kind % 4 > 0)
        {
            await life.DoAsync(life => life.Request(Sample.Ask));
        }

        if (kind % 4 > 1)
        {
            await life.DoAsync(life => life.Decide(kind % 4 == 2 ? DecisionType.Approve : DecisionType.Reject));
        }
    }

    private async Task<string> DumpAsync() => string.Join('\n', await Task.WhenAll(Tables.Select(table => Query.AskAsync<string>(
        server.Database.Serving, $"SELECT coalesce(string_agg({table}::text, E'\\n' ORDER BY {table}::text), '') FROM {table}"))));
}
