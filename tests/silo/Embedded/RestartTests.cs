using Gantral.Silo.Embedded;

namespace Gantral.Silo.Tests.Embedded;

/// <summary>What a stop leaves, and what a start makes of what it finds.</summary>
public sealed class RestartTests(Template template) : IClassFixture<Template>
{
    [Fact]
    public async Task A_restart_keeps_the_data_and_the_passwords()
    {
        await using var folder = await template.CopyAsync();
        string before;
        await using (var first = await folder.StartAsync())
        {
            before = first.ConnectionString(EmbeddedLogin.Owner);
            await Query.RunAsync(before, "CREATE TABLE kept AS SELECT 42 AS answer");
            await first.StopAsync();
            await first.StopAsync();
            Assert.Empty(await folder.ServerProcessesAsync());
            Assert.False(File.Exists(folder.PidFile));
        }

        await using var second = await folder.StartAsync();
        Assert.Equal(before, second.ConnectionString(EmbeddedLogin.Owner));
        Assert.Equal(42, await Query.AskAsync<int>(before, "SELECT answer FROM kept"));
    }

    [Fact]
    public async Task A_lost_password_of_a_login_is_replaced_and_a_long_log_begins_anew()
    {
        await using var folder = await template.CopyAsync();
        File.Delete(folder.In("secrets", "gantral_serving"));
        await using (var log = File.OpenWrite(folder.In("pg.log")))
        {
            log.SetLength(11 * 1024 * 1024);
        }

        await using var postgres = await folder.StartAsync();
        Assert.Equal(1, await Query.AskAsync<int>(postgres.ConnectionString(EmbeddedLogin.Serving), "SELECT 1"));
        Assert.InRange(new FileInfo(folder.In("pg.log")).Length, 1, 1024 * 1024);
    }

    [Fact]
    public async Task What_an_interrupted_initialisation_left_is_removed_and_a_finished_cluster_is_not()
    {
        await using var folder = new TestFolder();
        using (var dying = SiloProcess.Launch(folder.Path))
        {
            // Killed for real in the middle of initdb: as soon as the cluster begins to exist beside its place.
            await Until.TrueAsync(() => Directory.Exists(folder.Path) && Directory.EnumerateDirectories(folder.Path, "pg.new-*").Any(draft => File.Exists(Path.Combine(draft, "pg", "PG_VERSION"))));
            dying.Kill();
            await dying.WaitForExitAsync();
        }

        Assert.False(Directory.Exists(folder.Cluster));
        Assert.NotEmpty(Directory.EnumerateDirectories(folder.Path, "pg.new-*"));

        await using (var postgres = await folder.StartAsync())
        {
            await Query.RunAsync(postgres.ConnectionString(EmbeddedLogin.Owner), "CREATE TABLE kept AS SELECT 42 AS answer");
        }

        Directory.CreateDirectory(folder.In("pg.new-left", "pg"));
        await using var again = await folder.StartAsync();
        Assert.True(folder.Log.Says(1106));
        Assert.Empty(Directory.EnumerateDirectories(folder.Path, "pg.new-*"));
        Assert.Equal(42, await Query.AskAsync<int>(again.ConnectionString(EmbeddedLogin.Owner), "SELECT answer FROM kept"));
    }

    [Fact]
    public async Task Something_else_in_the_place_of_the_cluster_is_refused_and_left_alone()
    {
        await using var folder = new TestFolder();
        Directory.CreateDirectory(folder.Cluster);
        File.WriteAllText(folder.In("pg", "precious"), "mine");

        Assert.Contains("not a PostgreSQL cluster", await folder.RefusalAsync(), StringComparison.Ordinal);
        Assert.Equal("mine", File.ReadAllText(folder.In("pg", "precious")));
    }

    [Fact]
    public async Task A_folder_whose_path_is_too_long_for_a_socket_works()
    {
        await using var folder = await template.CopyAsync(new string('x', 120));
        string sockets;
        await using (var postgres = await folder.StartAsync())
        {
            sockets = File.ReadAllText(folder.In("run.elsewhere"));
            Assert.Equal(1, await Query.AskAsync<int>(postgres.ConnectionString(EmbeddedLogin.Serving), "SELECT 1"));
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(sockets));
        }

        Assert.False(Directory.Exists(sockets));
    }
}
