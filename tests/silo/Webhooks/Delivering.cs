using Gantral.Silo.Outgoing;
using Gantral.Silo.Secrets;
using Gantral.Silo.Tests.AuthorityApi;
using Gantral.Silo.Tests.Embedded;
using Gantral.Silo.Tests.Ledger;
using Gantral.Silo.Webhooks;

namespace Gantral.Silo.Tests.Webhooks;

/// <summary>A silo with its API whose deliveries lose no time, and a folder of mounted secrets.</summary>
internal sealed class Delivering : IAsyncDisposable
{
    public const string Author = "wilma: gantral.author";
    public const string Secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

    // One folder for all: any of these silos may deliver what another one's team subscribed to.
    public static string Secrets { get; } = Directory.CreateTempSubdirectory("gs").FullName;

    private readonly List<DeliveryService> _services = [];
    private readonly List<string> _subscriptions = [];
    private readonly LedgerDatabase _database;

    private Delivering(LedgerDatabase database, ServedSilo silo) => (_database, Silo) = (database, silo);

    public ServedSilo Silo { get; }

    public RecordedLog Log { get; } = new();

    /// <summary>A silo of a team of its own, with a workflow and a secret.</summary>
    public static async Task<Delivering> StartAsync(LedgerDatabase database)
    {
        var delivering = new Delivering(database, await ServedSilo.StartAsync(database));
        await delivering.Silo.RegisterAsync();
        delivering.Write("webhooks/here", Secret);
        return delivering;
    }

    /// <summary>Delivers from now on; more than one is as many silos.</summary>
    public async Task DeliverAsync(Func<WebhookOptions, WebhookOptions>? with = null)
    {
        var options = new WebhookOptions
        {
            ConnectionString = _database.Serving,
            Hosts = new OutgoingHosts([], isDevelopment: true),
            Secrets = new MountedSecrets(Secrets),
            BackOff = new BackOff(TimeSpan.FromMilliseconds(5), TimeSpan.FromMilliseconds(20)),
            MostAttempts = 3,
            LongestSleep = TimeSpan.FromMilliseconds(10),
            Logger = Log,
        };
        var service = new DeliveryService(with?.Invoke(options) ?? options, Silo.Silo.Ledger.Clock);
        _services.Add(service);
        await service.StartAsync(CancellationToken.None);
    }

    /// <summary>Writes a file among the secrets of the team.</summary>
    public void Write(string name, params string[] lines)
    {
        var file = Path.Combine(Secrets, Silo.Name, name);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        // Exchanged as mounted files are: at once.
        File.WriteAllLines($"{file}.new", lines);
        File.Move($"{file}.new", file, overwrite: true);
    }

    /// <summary>Subscribes, and answers the subscription's path.</summary>
    public async Task<string> SubscribeAsync(string url, string more = "")
    {
        var made = await Silo.MadeAsync(Author, "/v1/subscriptions", $$"""{"url":"{{url}}","secret":"file://webhooks/here"{{more}}}""");
        var path = $"/v1/subscriptions/{(string)made["subscription_id"]!}";
        _subscriptions.Add(path);
        return path;
    }

    /// <summary>How many dead letters a subscription has.</summary>
    public async Task<int> DeadAsync(string subscription) => (await Silo.GetAsync(Author, $"{subscription}/dead-letters")).Body!["dead_letters"]!.AsArray().Count;

    /// <summary>Waits until a receiver has taken so many.</summary>
    public static Task TakenAsync(Receiver receiver, int count) => Until.TrueAsync(() => receiver.Taken.Count >= count);

    public async ValueTask DisposeAsync()
    {
        // Others of this database shall not be busy with receivers that are gone.
        foreach (var subscription in _subscriptions)
        {
            await Silo.PostAsync(Author, $"{subscription}/disable", "");
        }

        await StopAsync();
        await Silo.DisposeAsync();
        Directory.Delete(Path.Combine(Secrets, Silo.Name), recursive: true);
    }

    /// <summary>Delivers no longer.</summary>
    public async Task StopAsync()
    {
        foreach (var service in _services)
        {
            await service.StopAsync(CancellationToken.None);
            service.Dispose();
        }

        _services.Clear();
    }
}
