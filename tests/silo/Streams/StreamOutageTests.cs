using System.Collections.Immutable;
using Gantral.Silo.Schema;
using Gantral.Silo.Tests.AuthorityApi;
using Gantral.Silo.Tests.Embedded;
using Gantral.Silo.Tests.Ledger;

namespace Gantral.Silo.Tests.Streams;

/// <summary>The database goes away, or gets another log, while somebody listens.</summary>
public sealed class StreamOutageTests(Template template) : IClassFixture<Template>
{
    private const string Approver = "alice: release-manager";

    [Fact]
    public async Task A_stream_outlives_the_database_and_goes_on_where_it_was()
    {
        await using var folder = await template.CopyAsync();
        await using var database = await LedgerDatabase.MakeAsync(await folder.StartAsync());
        await using var silo = await ServedSilo.StartAsync(database, heartbeat: TimeSpan.FromMilliseconds(20));
        var binding = await Writers.BindAsync(silo.Silo.Ledger, silo.Name);
        using var reader = await EventReader.OpenAsync(silo.Address, silo.Token(Approver));
        await Writers.LiveAsync(silo.Silo.Ledger, binding, 2, 1);
        var told = await reader.EntriesAsync(2 * Writers.EntriesPerLife);

        await folder.KillServerAsync(database.Postgres.ServerProcessId);
        (await silo.GetAsync(Approver, "/v1/streams/entries")).IsProblem(503, "storage_unavailable");
        await database.Postgres.EnsureRunningAsync();
        await Until.TrueAsync(async () => (await silo.GetAsync(Approver, "/v1/instances")).Status == 200);
        await Writers.LiveAsync(silo.Silo.Ledger, binding, 2, 1);

        told.AddRange(await reader.EntriesAsync(2 * Writers.EntriesPerLife));
        Writers.MustBe(await Writers.PlacesAsync(silo.Silo.Ledger, silo.Name), told);
    }

    [Fact]
    public async Task A_log_that_was_added_later_is_followed_from_its_beginning_by_those_who_listen_and_those_who_come_back()
    {
        await using var folder = await template.CopyAsync();
        await using var database = await LedgerDatabase.MakeAsync(await folder.StartAsync());
        await using var silo = await ServedSilo.StartAsync(database);
        var binding = await Writers.BindAsync(silo.Silo.Ledger, silo.Name);
        using var reader = await EventReader.OpenAsync(silo.Address, silo.Token(Approver));
        var begin = (await reader.NextAsync("mark")).Id;

        await Migrator.MigrateAsync(new MigrationOptions { OwnerConnectionString = database.Owner, ServingLogin = "gantral_serving", Origin = LedgerDatabase.Origin, Logs = 2 });
        var served = await ServedDatabase.FindAsync(database.Serving);
        await using var newer = await database.OpenAsync(database.Options with { Logs = served.Logs.ToImmutableSortedDictionary(log => log.Key, log => database.Signer(log.Value)) });
        await Writers.LiveAsync(newer, binding, 2, 1, 2);

        Assert.Equal([1, 2], served.Logs.Keys);
        var places = await Writers.PlacesAsync(newer, silo.Name);
        Writers.MustBe(places, await reader.EntriesAsync(4 * Writers.EntriesPerLife));
        using var back = await EventReader.OpenAsync(silo.Address, silo.Token(Approver), lastId: begin);
        Writers.MustBe(places, await back.EntriesAsync(4 * Writers.EntriesPerLife));
    }
}
