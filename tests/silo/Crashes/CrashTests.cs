using System.Collections.Concurrent;
using System.Globalization;
using Gantral.Abstractions.Evidence;
using Gantral.Abstractions.Grains;
using Gantral.Evidence.Verification;
using Gantral.Lives;
using Gantral.Silo.Hosting;
using Gantral.Silo.Tests.Embedded;
using Gantral.Silo.Tests.Ledger;
using Xunit.Abstractions;

namespace Gantral.Silo.Tests.Crashes;

/// <summary>Several silo processes over one database, killed and stopped at random moments while they fight over the same instances.</summary>
public sealed class CrashTests(Template template, ITestOutputHelper output) : IClassFixture<Template>
{
    private const int Silos = 3;
    private const int Instances = 12;

    [Fact]
    public async Task Whatever_is_killed_or_stopped_every_answer_was_true_and_the_log_verifies()
    {
        var random = new Random(Scale.Seed);
        var rounds = Scale.Rounds(6, 200);
        await using var folder = await template.CopyAsync();
        await using var database = await LedgerDatabase.MakeAsync(await folder.StartAsync());
        var keyFile = folder.In("secrets", "test-key.pem");
        await File.WriteAllTextAsync(keyFile, database.KeyPem);
        var instances = await CreateAsync(database);
        var said = new ConcurrentQueue<string>();
        var silos = new HammerProcess[Silos];
        var (round, blow) = (0, -1);
        try
        {
            for (var i = 0; i < Silos; i++)
            {
                silos[i] = await StartAsync();
            }

            for (; round < rounds; round++)
            {
                await UntilBusyAsync(silos, 30 + random.Next(60));
                var victim = random.Next(Silos);
                var others = silos.Where((_, i) => i != victim);
                blow = random.Next(3);
                switch (blow)
                {
                    case 0:
                        await silos[victim].KillAsync();
                        silos[victim].Dispose();
                        await UntilBusyAsync(others, 20);
                        silos[victim] = await StartAsync();
                        break;
                    case 1:
                        // The others go on while it stands still, whatever it holds: it is woken only after they have.
                        await silos[victim].StopAsync();
                        await UntilBusyAsync(others, 20);
                        await silos[victim].ContinueAsync();
                        break;
                    default:
                        await folder.KillServerAsync(database.Postgres.ServerProcessId);
                        await database.Postgres.EnsureRunningAsync();
                        break;
                }
            }

            await UntilBusyAsync(silos, 30);
            await Task.WhenAll(silos.Select(silo => silo.EndAsync()));
        }
        catch (TimeoutException)
        {
            var sessions = await Query.AskAsync<string>(database.Serving, "SELECT string_agg(concat_ws(' ', pid, state, wait_event_type, wait_event, clock_timestamp() - state_change, left(query, 60)), E'\n') FROM pg_stat_activity WHERE usename = 'gantral_serving'");
            Assert.Fail($"In round {round} of {rounds} (blow {blow}, seed {Scale.Seed}) somebody did not go on:\n{string.Join('\n', silos.Select(silo => silo.ToString()))}\n{sessions}");
        }
        finally
        {
            silos.OfType<HammerProcess>().ToList().ForEach(silo => silo.Dispose());
        }

        output.WriteLine($"{rounds} rounds, {said.Count(line => line.StartsWith("ok ", StringComparison.Ordinal))} requests carried out; seed {Scale.Seed}");
        await CheckAsync(database, said);

        Task<HammerProcess> StartAsync() => HammerProcess.StartAsync(said, database.Serving, keyFile, random.Next(), instances);
    }

    private static Task UntilBusyAsync(IEnumerable<HammerProcess> silos, int more) => Task.WhenAll(silos.Select(silo => silo.UntilDoneAsync(more)));

    private static async Task<List<Guid>> CreateAsync(LedgerDatabase database)
    {
        await using var ledger = await database.OpenAsync();
        using var host = new GrainHost(ledger, ledger.Clock, TimeProvider.System, new GrainHostOptions());
        var alice = new Caller(Sample.Alice, [], NewKey());
        await host.Policy("guard@1").RegisterAsync(alice, "payments", Sample.Json(
            """
            {"policy_id":"guard","version":"1","evaluator":"rules",
             "rules":[{"when":{"step":"deploy"},"decision":"REQUIRE_HUMAN","eligible_approver_roles":["release-manager"],"timeout":"PT30M"}],
             "default":{"decision":"ALLOW"}}
            """));
        await host.Workflow("deploy", "1").RegisterAsync(alice with { Key = NewKey() }, "payments", Sample.Json(
            """{"workflow_id":"deploy","version":"1","materiality":"HIGH","policy_version_id":"guard@1","queue":"agents","steps":[{"step":"deploy","governed":true}],"triggers":[{"type":"api"}]}"""));

        // Neither of those who hammer creates: a creator could not decide.
        var creator = new Caller(Sample.Agent with { Id = "agent-1" }, [], default);
        var instances = new List<Guid>();
        for (var i = 0; i < Instances; i++)
        {
            var caller = creator with { Key = NewKey() };
            var id = host.NewInstanceId(caller.Key);
            Assert.Null((await host.Instance(id).CreateAsync(caller, new Creation("deploy", "1", "payments", Sample.Json("{}")))).Refusal);
            instances.Add(id);
        }

        return instances;
    }

    private static CommandKey NewKey() => new(Sample.NewKey(), Sample.NewKey());

    private static async Task CheckAsync(LedgerDatabase database, IEnumerable<string> said)
    {
        await using var ledger = await database.OpenAsync();
        var committed = new Dictionary<string, int>();
        for (var from = 0L; await ledger.Entries.OfLogAsync(1, from, 2_000) is { IsEmpty: false } page; from += page.Length)
        {
            foreach (var commandId in page.Select(entry => entry.Sealed.Entry.CommandId).OfType<Digest>())
            {
                committed[commandId.ToString()] = committed.GetValueOrDefault(commandId.ToString()) + 1;
            }
        }

        var answered = said.Select(line => line.Split(' ')).Where(words => words[0] != "ask").ToList();
        Assert.Empty(answered.Where(words => words[0] == "threw").Select(words => string.Join(' ', words)).Take(3));
        foreach (var words in answered)
        {
            // Carried out exactly once, or not at all: just as the caller was told.
            var expected = words[0] == "ok" ? int.Parse(words[2], CultureInfo.InvariantCulture) : 0;
            Assert.True(committed.GetValueOrDefault(words[1]) == expected, $"'{string.Join(' ', words)}', but {committed.GetValueOrDefault(words[1])} entries");
        }

        Assert.Contains(answered, words => words[0] == "ok");
        var report = await database.VerifyAsync();
        Assert.True(report.Verdict == Verdict.Valid, report.Finding.ToString());
    }
}
