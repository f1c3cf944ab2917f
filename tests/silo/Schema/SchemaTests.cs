using Gantral.Silo.Embedded;
using Gantral.Silo.Schema;
using Gantral.Silo.Tests.Embedded;
using Npgsql;

namespace Gantral.Silo.Tests.Schema;

public sealed class SchemaTests(SharedPostgres shared) : IClassFixture<SharedPostgres>
{
    private MigrationOptions Options => new() { OwnerConnectionString = shared.Owner, ServingLogin = "gantral_serving" };

    [Theory]
    [InlineData("UPDATE entry SET sequence = 2")]
    [InlineData("DELETE FROM entry")]
    [InlineData("TRUNCATE entry")]
    [InlineData("UPDATE checkpoint SET size = 2")]
    [InlineData("DELETE FROM checkpoint")]
    [InlineData("TRUNCATE checkpoint")]
    [InlineData("UPDATE log SET origin = 'elsewhere'")]
    [InlineData("DELETE FROM log")]
    [InlineData("INSERT INTO log (log_id, origin) VALUES (9, 'mine')")]
    [InlineData("UPDATE command SET sequence = 2")]
    [InlineData("DELETE FROM migration")]
    [InlineData("DROP TABLE entry")]
    [InlineData("ALTER TABLE entry ADD COLUMN note text")]
    [InlineData("CREATE TABLE mine (id integer)")]
    public async Task The_serving_login_cannot(string statement)
    {
        await Migrator.MigrateAsync(Options);
        Assert.Equal(PostgresErrorCodes.InsufficientPrivilege, await Query.RefusedAsync(shared.Serving, statement));
    }

    [Fact]
    public async Task Several_silos_that_start_at_once_migrate_once()
    {
        await Query.RunAsync(shared.Owner, "DROP SCHEMA public CASCADE; CREATE SCHEMA public");
        var applied = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => Migrator.MigrateAsync(Options)));

        Assert.Equal(Migration.All.Count, applied.Sum());
        Assert.Single(applied, count => count > 0);
        Assert.Equal([1], (await ServedDatabase.FindAsync(shared.Serving)).Logs.Keys);
    }

    [Fact]
    public async Task Logs_are_added_under_the_same_beginning_and_never_renamed()
    {
        await Migrator.MigrateAsync(Options);
        await Migrator.MigrateAsync(Options with { Logs = 3 });
        var logs = (await ServedDatabase.FindAsync(shared.Serving)).Logs;

        Assert.Equal([1, 2, 3], logs.Keys);
        Assert.Equal([1, 2, 3], logs.Values.Select(origin => origin[^1] - '0'));
        Assert.Single(logs.Values.Select(origin => origin[..^2]).Distinct());
        var refused = await Assert.ThrowsAsync<SchemaException>(() => Migrator.MigrateAsync(Options with { Origin = "another.example" }));
        Assert.Contains("for good", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_migration_that_was_edited_after_it_was_applied_is_noticed()
    {
        await Migrator.MigrateAsync(Options);
        await Query.RunAsync(shared.Owner, "UPDATE migration SET hash = 'other' WHERE number = 1");
        try
        {
            Assert.Contains("other content", (await Assert.ThrowsAsync<SchemaException>(() => Migrator.MigrateAsync(Options))).Message, StringComparison.Ordinal);
            Assert.Contains("gantral migrate", (await Assert.ThrowsAsync<SchemaException>(() => ServedDatabase.FindAsync(shared.Serving))).Message, StringComparison.Ordinal);
        }
        finally
        {
            await Query.RunAsync(shared.Owner, $"UPDATE migration SET hash = '{Migration.All[0].Hash}' WHERE number = 1");
        }
    }

    [Fact]
    public async Task A_schema_newer_than_this_release_is_served()
    {
        await Migrator.MigrateAsync(Options);
        await Query.RunAsync(shared.Owner, "INSERT INTO migration (number, name, hash) VALUES (9999, '9999_later.sql', 'later')");
        try
        {
            Assert.NotEmpty((await ServedDatabase.FindAsync(shared.Serving)).Logs);
        }
        finally
        {
            await Query.RunAsync(shared.Owner, "DELETE FROM migration WHERE number = 9999");
        }
    }

    [Fact]
    public async Task A_login_that_could_change_evidence_does_not_serve_unless_told()
    {
        await Migrator.MigrateAsync(Options);
        var refused = await Assert.ThrowsAsync<SchemaException>(() => ServedDatabase.FindAsync(shared.Owner));

        Assert.Contains("another login", refused.Message, StringComparison.Ordinal);
        Assert.NotEmpty((await ServedDatabase.FindAsync(shared.Owner, allowPrivilegedLogin: true)).Logs);
    }

    [Fact]
    public async Task An_empty_database_is_not_served_and_the_refusal_says_what_to_do()
    {
        await using var folder = new TestFolder();
        await using var postgres = await folder.StartAsync();
        var refused = await Assert.ThrowsAsync<SchemaException>(() => ServedDatabase.FindAsync(postgres.ConnectionString(EmbeddedLogin.Serving)));

        Assert.Contains("gantral migrate", refused.Message, StringComparison.Ordinal);
    }
}
