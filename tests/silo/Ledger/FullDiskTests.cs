using System.Diagnostics;
using Gantral.Grains.Ledger;
using Gantral.Silo.Tests.Embedded;

namespace Gantral.Silo.Tests.Ledger;

public sealed class FullDiskTests
{
    [Fact]
    public async Task A_full_disk_refuses_commits_and_room_on_it_lets_them_in_again_without_a_restart()
    {
        Assert.True(Environment.IsPrivilegedProcess, "This test mounts a small disk of its own: run it as root.");
        await using var folder = new TestFolder();
        Directory.CreateDirectory(folder.Path);
        await MountAsync("mount", "-t", "tmpfs", "-o", "size=160m,mode=755", "tmpfs", folder.Path);
        try
        {
            await using var database = await LedgerDatabase.MakeAsync(await folder.StartAsync());
            await using var ledger = await database.OpenAsync(database.Options with { Revive = () => database.Postgres.EnsureRunningAsync() });
            var binding = await Sample.BindAsync(ledger);
            var load = new Load(ledger, binding);
            await load.UntilDurableAsync(50);

            var ballast = folder.In("ballast");
            await FillAsync(ballast);
            await load.UntilFailedAsync(50);
            File.Delete(ballast);
            await load.UntilDurableAsync(50);

            await load.StopAsync();
            await load.CheckAsync(database);
            var life = new Sample(ledger, LedgerDatabase.NewId());
            Assert.IsNotType<CommitOutcome.Failed>(await life.SendAsync(life.Create(binding)));
        }
        finally
        {
            await MountAsync("umount", "-l", folder.Path);
        }
    }

    private static async Task FillAsync(string path)
    {
        await using var file = new FileStream(path, new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write, BufferSize = 0 });
        var block = new byte[64 * 1024];
        for (var size = block.Length; size > 0; size /= 2)
        {
            try
            {
                while (true)
                {
                    await file.WriteAsync(block.AsMemory(0, size));
                }
            }
            catch (IOException)
            {
                // No room for this much; perhaps for half of it.
            }
        }
    }

    private static async Task MountAsync(params string[] words)
    {
        using var process = Process.Start(new ProcessStartInfo(words[0], words[1..]) { RedirectStandardError = true })!;
        await process.WaitForExitAsync().WaitAsync(TestFolder.Patience);
        Assert.True(process.ExitCode == 0, $"A small disk is needed and cannot be had: {await process.StandardError.ReadToEndAsync()}");
    }
}
