using System.Globalization;
using Npgsql;

namespace Gantral.Silo.Tests.Embedded;

/// <summary>What a started instance is like, and what it keeps out.</summary>
public sealed class FreshStartTests(SharedPostgres shared) : IClassFixture<SharedPostgres>
{
    [Fact]
    public async Task Both_logins_reach_the_database()
    {
        Assert.Equal("gantral/gantral_owner", await Query.AskAsync<string>(shared.Owner, "SELECT current_database() || '/' || current_user"));
        Assert.Equal("gantral/gantral_serving", await Query.AskAsync<string>(shared.Serving, "SELECT current_database() || '/' || current_user"));
    }

    [Fact]
    public async Task The_owner_creates_and_the_serving_login_sees_only_what_is_granted()
    {
        await Query.RunAsync(shared.Owner, "CREATE TABLE granted (id int); CREATE TABLE kept (id int); GRANT USAGE ON SCHEMA public TO gantral_serving; GRANT SELECT ON granted TO gantral_serving");

        Assert.Equal(0L, await Query.AskAsync<long>(shared.Serving, "SELECT count(*) FROM granted"));
        Assert.Equal(PostgresErrorCodes.InsufficientPrivilege, await Query.RefusedAsync(shared.Serving, "SELECT count(*) FROM kept"));
    }

    [Theory]
    [InlineData("CREATE TABLE public.mine (id int)")]
    [InlineData("CREATE SCHEMA mine")]
    [InlineData("CREATE TEMPORARY TABLE mine (id int)")]
    [InlineData("CREATE DATABASE mine")]
    [InlineData("CREATE ROLE mine")]
    public async Task The_serving_login_creates_nothing(string statement) =>
        Assert.Equal(PostgresErrorCodes.InsufficientPrivilege, await Query.RefusedAsync(shared.Serving, statement));

    [Theory]
    [InlineData("postgres")]
    [InlineData("template1")]
    public async Task The_serving_login_enters_no_other_database(string database)
    {
        var other = new NpgsqlConnectionStringBuilder(shared.Serving) { Database = database }.ConnectionString;

        Assert.Equal(PostgresErrorCodes.InsufficientPrivilege, await Query.RefusedAsync(other, "SELECT 1"));
    }

    [Fact]
    public async Task Neither_login_is_more_than_a_login() =>
        Assert.Equal(2L, await Query.AskAsync<long>(
            shared.Owner,
            "SELECT count(*) FROM pg_roles WHERE rolname IN ('gantral_owner', 'gantral_serving') AND rolcanlogin AND NOT (rolsuper OR rolcreaterole OR rolcreatedb OR rolreplication OR rolbypassrls)"));

    [Fact]
    public void Trust_is_nowhere()
    {
        var methods = File.ReadLines(shared.Folder.In("pg", "pg_hba.conf")).Where(line => line.Length > 0 && line[0] != '#')
            .Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[^1]);

        Assert.Equal(["scram-sha-256"], methods.Distinct());
    }

    [Theory]
    [InlineData("gantral_owner")]
    [InlineData("gantral_serving")]
    [InlineData("gantral_superuser")]
    public async Task A_wrong_password_is_refused(string login)
    {
        var wrong = new NpgsqlConnectionStringBuilder(shared.Owner) { Username = login, Password = "wrong" }.ConnectionString;

        Assert.Equal(PostgresErrorCodes.InvalidPassword, await Query.RefusedAsync(wrong, "SELECT 1"));
    }

    [Fact]
    public async Task Nothing_listens_on_TCP()
    {
        Assert.Equal("", await Query.AskAsync<string>(shared.Owner, "SELECT current_setting('listen_addresses')"));

        var sockets = Directory.EnumerateFileSystemEntries($"/proc/{Number(shared.Postgres.ServerProcessId)}/fd")
            .Select(descriptor => new FileInfo(descriptor).LinkTarget).OfType<string>().Where(target => target.StartsWith("socket:[", StringComparison.Ordinal))
            .Select(target => target["socket:[".Length..^1]).ToHashSet();
        var tcp = new[] { "/proc/net/tcp", "/proc/net/tcp6" }.Where(File.Exists).SelectMany(table => File.ReadLines(table).Skip(1))
            .Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[9]);
        Assert.NotEmpty(sockets);
        Assert.DoesNotContain(tcp, sockets.Contains);
    }

    [Theory]
    [InlineData("fsync", "on")]
    [InlineData("synchronous_commit", "on")]
    [InlineData("full_page_writes", "on")]
    [InlineData("data_checksums", "on")]
    [InlineData("server_encoding", "UTF8")]
    [InlineData("lc_collate", "C")]
    [InlineData("max_connections", "100")]
    [InlineData("shared_buffers", "128MB")]
    public async Task It_is_set_up_to_keep_what_it_acknowledges(string setting, string value) =>
        Assert.Equal(value, await Query.AskAsync<string>(shared.Owner, $"SELECT current_setting('{setting}')"));

    [Fact]
    public void The_secrets_and_the_sockets_are_for_their_owner_alone()
    {
        const UnixFileMode File600 = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        const UnixFileMode Folder700 = File600 | UnixFileMode.UserExecute;

        var secrets = Directory.GetFiles(shared.Folder.In("secrets"));
        Assert.Equal(3, secrets.Length);
        Assert.All(secrets, secret => Assert.Equal(File600, File.GetUnixFileMode(secret)));
        Assert.Equal(Folder700, File.GetUnixFileMode(shared.Folder.In("secrets")));
        Assert.Equal(Folder700, File.GetUnixFileMode(shared.Folder.In("run")));
        Assert.Equal(Folder700, File.GetUnixFileMode(shared.Folder.In("pg")));
        Assert.Empty(Directory.EnumerateFileSystemEntries(shared.Folder.Path, "pg.new-*"));
    }

    [Fact]
    public void No_password_stands_in_the_log() =>
        Assert.DoesNotContain(Directory.GetFiles(shared.Folder.In("secrets")).Select(File.ReadAllText), File.ReadAllText(shared.Folder.In("pg.log")).Contains);

    private static string Number(int value) => value.ToString(CultureInfo.InvariantCulture);
}
