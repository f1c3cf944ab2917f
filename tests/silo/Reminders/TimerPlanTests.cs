using Gantral.Lives;
using Gantral.Silo.Ledger.Rows;
using Gantral.Silo.Reminders;
using Gantral.Silo.Tests.Embedded;
using Gantral.Silo.Tests.Ledger;
using Npgsql;

namespace Gantral.Silo.Tests.Reminders;

/// <summary>What it costs to look for a timer does not grow with how many are pending.</summary>
public sealed class TimerPlanTests(LedgerServer server) : IClassFixture<LedgerServer>
{
    [Fact]
    public async Task Timers_are_found_through_the_index_alone_while_there_are_none_and_while_there_are_many()
    {
        await MustUseTheIndexAsync();
        await Query.RunAsync(server.Database.Serving, $"""
            INSERT INTO timer (log_id, instance_id, due_at, deadline)
            SELECT 1, gen_random_uuid(), now() + interval '1 day' + place * interval '1 second', 'DECISION' FROM generate_series(1, {Scale.Rounds(50_000, 1_000_000)}) AS place
            """);
        await MustUseTheIndexAsync();
        await Query.RunAsync(server.Database.Owner, "ANALYZE timer");
        await MustUseTheIndexAsync();
    }

    private async Task MustUseTheIndexAsync()
    {
        await using var source = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(server.Database.Serving) { Options = TimerClaims.Settings, Pooling = false });
        foreach (var statement in new[] { TimerClaims.Look, TimerClaims.Claim })
        {
            await using var command = source.CreateCommand($"EXPLAIN (ANALYZE, COSTS OFF, TIMING OFF, BUFFERS) {statement}");
            command.Parameters.Add(Parameter.Of(TimeSpan.FromSeconds(5)));
            if (statement == TimerClaims.Claim)
            {
                command.Parameters.Add(Parameter.Of(256L));
            }

            var plan = new List<string>();
            await using var rows = await command.ExecuteReaderAsync();
            while (await rows.ReadAsync())
            {
                plan.Add(rows.GetString(0));
            }

            var whole = string.Join('\n', plan);
            Assert.Contains("Index Scan using timer_due", whole, StringComparison.Ordinal);
            Assert.DoesNotContain("Seq Scan", whole, StringComparison.Ordinal);
            Assert.DoesNotContain("Sort", whole, StringComparison.Ordinal);
            if (statement == TimerClaims.Claim)
            {
                Assert.Contains("Index Cond: (due_at <= statement_timestamp())", whole, StringComparison.Ordinal);
                Assert.Contains("Tid Scan", whole, StringComparison.Ordinal);
            }
        }
    }
}
