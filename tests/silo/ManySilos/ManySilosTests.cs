using System.Diagnostics;
using Gantral.Abstractions.Authority;
using Gantral.Abstractions.Evidence;
using Gantral.Abstractions.Vocabulary;
using Gantral.Evidence.Verification;
using Gantral.Lives;
using Gantral.Silo.Tests.Embedded;
using Gantral.Silo.Tests.Gateway;
using Gantral.Silo.Tests.Ledger;
using Gantral.Silo.Tests.WholeLife;
using Xunit.Abstractions;

namespace Gantral.Silo.Tests.ManySilos;

/// <summary>Three silo processes behind a plain round-robin, of which some are killed, stopped and added while clients live whole lives over HTTP.</summary>
public sealed class ManySilosTests(Template template, ITestOutputHelper output) : IClassFixture<Template>
{
    private const int Clients = 8;
    private const string Workflow = "deploy";

    private static readonly EventType[] Life = [EventType.Created, EventType.Running, EventType.WaitingForHuman, EventType.CostRecorded, EventType.Approved, EventType.Resumed, EventType.Terminated];

    [Fact]
    public async Task Silos_come_and_go_and_clients_who_ask_again_with_the_same_key_lose_nothing_and_do_nothing_twice()
    {
        await using var folder = await template.CopyAsync();
        await using var database = await LedgerDatabase.MakeAsync(await folder.StartAsync());
        var keyFile = folder.In("secrets", "test-key.pem");
        await File.WriteAllTextAsync(keyFile, database.KeyPem);
        await using var balancer = await RoundRobin.OpenAsync();
        var (random, silos) = (new Random(Scale.Take(output.WriteLine)), new List<SiloNode>());
        try
        {
            // One after the other: the first makes the key of the development identity.
            for (var i = 0; i < 3; i++)
            {
                silos.Add(await StartAsync());
            }

            balancer.To(silos);
            using var http = new HttpClient { BaseAddress = balancer.Address };
            await RegisterAsync(http, folder.Path);
            var clients = await ClientsAsync(http, folder.Path);
            using var stop = new CancellationTokenSource();
            using var stopReading = new CancellationTokenSource();
            var reader = new PersistentReader(balancer.Address, await TokenAsync(folder.Path, "auditor", "human", "gantral.auditor"));
            var connected = new TaskCompletionSource();
            var reading = Task.Run(() => reader.ReadAsync(connected, stopReading.Token));
            await connected.Task.WaitAsync(TestFolder.Patience);
            var work = Task.WhenAll(clients.Select(client => Task.Run(() => client.LiveAsync(stop.Token))));
            for (var round = 0; round < Scale.Rounds(2, 40); round++)
            {
                await UntilLivedAsync(clients, 2);
                // The first is the one that somebody reads the stream of.
                await GoAsync(round == 0 ? silos.Single(silo => silo.Address == balancer.Streams) : silos[random.Next(silos.Count)], isKilled: round % 2 == 0);
                await UntilLivedAsync(clients, 2);
                silos.Add(await StartAsync());
                balancer.To(silos);
            }

            await UntilLivedAsync(clients, 2);
            await stop.CancelAsync();
            await work;
            output.WriteLine($"{clients.Sum(client => client.Lives.Count)} lives, {clients.Sum(client => client.Again)} requests sent again");
            await CheckAsync(database, clients);
            await CheckAsync(database, reader);
            await stopReading.CancelAsync();
            await reading;
        }
        finally
        {
            silos.ForEach(silo => silo.Dispose());
        }

        Task<SiloNode> StartAsync() => SiloNode.StartAsync(folder.Path, database.Serving, keyFile);

        async Task GoAsync(SiloNode silo, bool isKilled)
        {
            if (isKilled)
            {
                await silo.KillAsync();
            }
            else
            {
                Assert.Equal(0, await silo.StopAsync());
            }

            // Only now does the balancer hear of it.
            silos.Remove(silo);
            silo.Dispose();
            balancer.To(silos);
        }
    }

    private static async Task UntilLivedAsync(List<PersistentClient> clients, int more)
    {
        var lived = Task.WhenAll(clients.Select(client => client.UntilLivedAsync(more)));
        try
        {
            await lived;
        }
        catch (TimeoutException)
        {
            Assert.Fail($"Somebody did not go on; they were told: {string.Join('\n', clients.SelectMany(client => client.Surprises))}");
        }
    }

    private static async Task<List<PersistentClient>> ClientsAsync(HttpClient http, string data)
    {
        var (agent, alice) = (await TokenAsync(data, "agent", "workload", "gantral.operator"), await TokenAsync(data, "alice", "human", "release-manager"));
        return [.. Enumerable.Range(0, Clients).Select(_ => new PersistentClient(http, agent, alice, Workflow))];
    }

    private static async Task RegisterAsync(HttpClient http, string data)
    {
        var token = await TokenAsync(data, "builder", "human", "gantral.policy_author", "gantral.author");
        foreach (var (path, body) in new[]
        {
            ("/v1/policies", """{"policy_id":"guard","version":"1","evaluator":"rules","rules":[{"when":{"step":"deploy"},"decision":"REQUIRE_HUMAN","eligible_approver_roles":["release-manager"],"timeout":"PT30M"}],"default":{"decision":"ALLOW"}}"""),
            ("/v1/workflows", $$"""{"workflow_id":"{{Workflow}}","version":"1","materiality":"HIGH","policy_version_id":"guard@1","queue":"q","steps":[{"step":"deploy","governed":true}]}"""),
        })
        {
            using var made = await http.SendAsync(ServedApi.Request("POST", path, token, new StringContent(body, System.Text.Encoding.UTF8, "application/json")));
            Assert.Equal(201, (int)made.StatusCode);
        }
    }

    private static async Task<string> TokenAsync(string data, string actor, string kind, params string[] roles)
    {
        string[] words = ["dev", "token", "--data", data, "--actor", actor, "--team", "payments", "--kind", kind, .. roles.SelectMany(role => new[] { "--role", role })];
        using var command = Process.Start(new ProcessStartInfo(SiloUnderTest.Host, [Path.Combine(AppContext.BaseDirectory, "gantral.dll"), .. words]) { RedirectStandardOutput = true })!;
        var token = (await command.StandardOutput.ReadToEndAsync()).Trim();
        await command.WaitForExitAsync().WaitAsync(TestFolder.Patience);
        return token;
    }

    // Killed in the middle of a line or not: every entry once, and none left out.
    private async Task CheckAsync(LedgerDatabase database, PersistentReader reader)
    {
        var last = await Query.AskAsync<long>(database.Serving, "SELECT max(position) FROM entry");
        await reader.UntilToldAsync(last);
        var positions = reader.Told.Select(place => place.Position).ToList();
        output.WriteLine($"{positions.Count} entries told, {reader.Breaks} connections lost");
        Assert.Equal(Enumerable.Range(0, positions.Count).Select(step => last - positions.Count + 1 + step), positions);
        Assert.True(positions.Count > Life.Length * 2 * Clients, "Hardly anything was told, so nothing was tried.");
        Assert.True(reader.Breaks > 0, "It was never cut off, so nothing was tried.");
    }

    private static async Task CheckAsync(LedgerDatabase database, List<PersistentClient> clients)
    {
        Assert.Empty(clients.SelectMany(client => client.Surprises));
        Assert.True(clients.Sum(client => client.Again) > 0, "Nobody noticed anything, so nothing was tried.");
        var lives = clients.SelectMany(client => client.Lives).ToList();
        await using var ledger = await database.OpenAsync();
        foreach (var id in lives)
        {
            var entries = await ledger.ReadAsync(Subject.Instance(Guid.Parse(id)));
            Assert.Equal(Life.Select(WireName.Of), entries.Select(entry => WireName.Of(entry.Entry.Type)));
        }

        // Not one instance more than clients know of.
        Assert.Equal(lives.Count, lives.Distinct().Count());
        Assert.Equal(lives.Count, await Query.AskAsync<long>(database.Serving, "SELECT count(*) FROM instance"));
        var report = await database.VerifyAsync();
        Assert.True(report.Verdict == Verdict.Valid, report.Finding.ToString());
    }
}
