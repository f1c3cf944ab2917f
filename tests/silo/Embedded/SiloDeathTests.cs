using System.Diagnostics;
using System.Globalization;
using Gantral.Silo.Embedded;
using Npgsql;

namespace Gantral.Silo.Tests.Embedded;

/// <summary>Silos and servers killed for real, and what the next silo makes of it.</summary>
public sealed class SiloDeathTests(Template template) : IClassFixture<Template>
{
    private const int SessionField = 3;

    [Fact]
    public async Task A_second_silo_is_refused_while_the_first_lives_and_adopts_its_server_when_it_was_killed()
    {
        await using var folder = await template.CopyAsync();
        using var first = await SiloProcess.StartAsync(folder.Path);
        Assert.Contains($"process {first.Id.ToString(CultureInfo.InvariantCulture)})", await folder.RefusalAsync(), StringComparison.Ordinal);

        first.Kill();
        await using var second = await folder.StartAsync();

        Assert.Equal(first.ServerProcessId, second.ServerProcessId);
        Assert.True(folder.Log.Says(1102));
        Assert.Equal(1, await Query.AskAsync<int>(second.ConnectionString(EmbeddedLogin.Owner), "SELECT 1"));

        await second.StopAsync();
        Assert.Empty(await folder.ServerProcessesAsync());
    }

    [Fact]
    public async Task A_server_that_was_killed_with_its_silo_recovers_what_it_acknowledged()
    {
        await using var folder = await template.CopyAsync();
        using var first = await SiloProcess.StartAsync(folder.Path);
        first.Kill();
        int killed;
        await using (var second = await folder.StartAsync())
        {
            killed = second.ServerProcessId;
            await Query.RunAsync(second.ConnectionString(EmbeddedLogin.Owner), "CREATE TABLE kept AS SELECT 42 AS answer");
            await folder.KillServerAsync(killed);
            Assert.True(File.Exists(folder.PidFile));
        }

        await using var third = await folder.StartAsync();
        Assert.NotEqual(killed, third.ServerProcessId);
        Assert.Equal(42, await Query.AskAsync<int>(third.ConnectionString(EmbeddedLogin.Owner), "SELECT answer FROM kept"));
    }

    [Fact]
    public async Task A_server_that_its_dead_silo_was_starting_is_waited_for()
    {
        await using var folder = await template.CopyAsync();
        using var dying = SiloProcess.Launch(folder.Path);
        await Until.TrueAsync(() => File.Exists(folder.PidFile));
        dying.Kill();
        await dying.WaitForExitAsync();

        await using var next = await folder.StartAsync();

        Assert.True(folder.Log.Says(1102));
        Assert.Equal(1, await Query.AskAsync<int>(next.ConnectionString(EmbeddedLogin.Owner), "SELECT 1"));
    }

    [Fact]
    public async Task A_server_that_is_stopping_is_brought_to_its_end_and_started_anew()
    {
        await using var folder = await template.CopyAsync();
        using var first = await SiloProcess.StartAsync(folder.Path);
        first.Kill();
        // A smart stop waits for this connection, and would for ever.
        await using var guest = new NpgsqlConnection($"Host={folder.In("run")};Username=gantral_owner;Database=gantral;Password={File.ReadAllText(folder.In("secrets", "gantral_owner"))}");
        await guest.OpenAsync();
        await SignalAsync("-TERM", first.ServerProcessId);
        await Until.TrueAsync(() => PostmasterFile.Read(folder.Cluster)!.IsStopping);

        await using var next = await folder.StartAsync();

        Assert.NotEqual(first.ServerProcessId, next.ServerProcessId);
        Assert.Equal(1, await Query.AskAsync<int>(next.ConnectionString(EmbeddedLogin.Owner), "SELECT 1"));
    }

    [Fact]
    public async Task A_server_that_died_under_a_living_silo_is_started_again_behind_the_same_connection_string()
    {
        // The long name puts the socket elsewhere, where its folder must stay the same too.
        await using var folder = await template.CopyAsync(new string('x', 120));
        await using var postgres = await folder.StartAsync();
        var owner = postgres.ConnectionString(EmbeddedLogin.Owner);
        await Query.RunAsync(owner, "CREATE TABLE kept AS SELECT 42 AS answer");
        Assert.False(await postgres.EnsureRunningAsync());

        // The first process alone: the others end by themselves, and the start has to wait for them.
        var killed = postgres.ServerProcessId;
        await SignalAsync("-KILL", killed);
        await Until.TrueAsync(() => !TestFolder.Lives(killed, folder.Cluster));

        Assert.True(await postgres.EnsureRunningAsync());
        Assert.NotEqual(killed, postgres.ServerProcessId);
        Assert.Equal(42, await Query.AskAsync<int>(owner, "SELECT answer FROM kept"));
    }

    [Fact]
    public async Task A_start_that_is_called_off_leaves_nothing_running_and_the_folder_free()
    {
        await using var folder = await template.CopyAsync();
        using var callOff = new CancellationTokenSource();
        var starting = EmbeddedPostgres.StartAsync(folder.Options, callOff.Token);
        await Until.TrueAsync(() => File.Exists(folder.PidFile) || starting.IsCompleted);
        await callOff.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => starting);
        Assert.Empty(await folder.ServerProcessesAsync());
        await using var next = await folder.StartAsync();
        Assert.Equal(1, await Query.AskAsync<int>(next.ConnectionString(EmbeddedLogin.Serving), "SELECT 1"));
    }

    [Fact]
    public async Task Ctrl_C_to_the_silo_does_not_reach_the_server()
    {
        await using var folder = await template.CopyAsync();
        using var silo = await SiloProcess.StartAsync(folder.Path);
        Assert.NotEqual(Session(silo.Id), Session(silo.ServerProcessId));

        await silo.InterruptGroupAsync();

        await using var next = await folder.StartAsync();
        Assert.Equal(silo.ServerProcessId, next.ServerProcessId);
    }

    [Fact]
    public async Task A_process_id_that_belongs_to_another_program_is_neither_trusted_nor_killed()
    {
        await using var folder = await template.CopyAsync();
        await using (var first = await folder.StartAsync())
        {
            await folder.KillServerAsync(first.ServerProcessId);
        }

        using var bystander = Process.Start(new ProcessStartInfo("cat") { RedirectStandardInput = true })!;
        try
        {
            var lines = File.ReadAllLines(folder.PidFile);
            lines[0] = bystander.Id.ToString(CultureInfo.InvariantCulture);
            File.WriteAllLines(folder.PidFile, lines);
            File.WriteAllLines(folder.In("run", ".s.PGSQL.5432.lock"), lines);

            await using (var second = await folder.StartAsync())
            {
                Assert.NotEqual(bystander.Id, second.ServerProcessId);
                Assert.True(folder.Log.Says(1107));
            }

            Assert.False(bystander.HasExited);
        }
        finally
        {
            bystander.Kill();
        }
    }

    private static async Task SignalAsync(string signal, int process)
    {
        using var kill = Process.Start("kill", [signal, process.ToString(CultureInfo.InvariantCulture)]);
        await kill.WaitForExitAsync().WaitAsync(TestFolder.Patience);
    }

    // pid (name) state parent group session …, and the name may hold anything.
    private static string Session(int process)
    {
        var stat = File.ReadAllText($"/proc/{process.ToString(CultureInfo.InvariantCulture)}/stat");
        return stat[(stat.LastIndexOf(')') + 2)..].Split(' ')[SessionField];
    }
}
