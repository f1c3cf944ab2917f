using System.Diagnostics;
using Gantral.Abstractions.Definitions;
using Gantral.Silo.Tests.Embedded;
using Gantral.Silo.Tests.Hosting;
using Gantral.Silo.Tests.Ledger;
using Gantral.Silo.Tests.WholeLife;
using Gantral.Silo.Webhooks;

namespace Gantral.Silo.Tests.Webhooks;

/// <summary>A silo is killed while it delivers: the executable itself, twice, over one database.</summary>
public sealed class SiloKilledTests(Template template) : IClassFixture<Template>
{
    [Fact]
    public async Task What_a_silo_was_telling_when_it_was_killed_another_one_tells_and_nothing_is_left_out()
    {
        await using var folder = await template.CopyAsync();
        await using var database = await LedgerDatabase.MakeAsync(await folder.StartAsync());
        await using var receiver = await Receiver.OpenAsync();
        await File.WriteAllTextAsync(folder.In("secrets", "test-key.pem"), database.KeyPem);
        Directory.CreateDirectory(folder.In("mounted", WorkingSilo.Team));
        await File.WriteAllTextAsync(folder.In("mounted", WorkingSilo.Team, "here"), Delivering.Secret);
        await using var writer = await WorkingSilo.StartAsync(database);
        await new SubscriptionStore(writer.Ledger.Source).AddAsync(new Subscription
        {
            SubscriptionId = Guid.NewGuid(),
            OwningTeamId = WorkingSilo.Team,
            CreatedBy = "alice",
            Format = SubscriptionFormat.Events,
            Url = receiver.Url,
            Secret = SecretReference.TryParse("file://here", out var secret) ? secret : throw new FormatException(),
        });
        receiver.Answer = context => receiver.Told.Count == 3 ? Policies.PolicyService.Hang(context) : Task.CompletedTask;
        var ids = new List<Guid>();
        for (var i = 0; i < 5; i++)
        {
            ids.Add(await writer.RunningAsync());
        }

        using (var dying = await ServeAsync(folder, database))
        {
            await Until.TrueAsync(() => receiver.Told.Count == 3);
            dying.Kill();
            await dying.WaitForExitAsync().WaitAsync(TestFolder.Patience);
        }

        using var heir = await ServeAsync(folder, database);
        await Delivering.TakenAsync(receiver, 10);
        heir.Kill();
        await heir.WaitForExitAsync().WaitAsync(TestFolder.Patience);

        // In order; the one that nobody answered came twice, under the same id.
        Assert.Equal(Enumerable.Range(0, 10).Select(i => ids[i / 2].ToString("D")), receiver.Told.DistinctBy(message => message.Id).Select(message => (string)message.Json["subject"]!));
        Assert.Equal(receiver.Told.ElementAt(2).Id, receiver.Told.ElementAt(3).Id);
        Assert.Equal(11, receiver.Told.Count);
    }

    private static async Task<Process> ServeAsync(TestFolder folder, LedgerDatabase database)
    {
        var silo = SiloUnderTest.Launch(
            ["serve", "--port", "0", "--data", folder.In("silo")],
            ("Gantral__Identity__Dev", "true"),
            ("Gantral__Database", database.Serving),
            ("Gantral__SigningKeyFile", folder.In("secrets", "test-key.pem")),
            ("Gantral__Secrets__Folder", folder.In("mounted")));
        silo.ErrorDataReceived += (_, _) => { };
        silo.BeginErrorReadLine();
        Assert.StartsWith("Gantral is ready", await silo.StandardOutput.ReadLineAsync().WaitAsync(TestFolder.Patience), StringComparison.Ordinal);
        return silo;
    }
}
