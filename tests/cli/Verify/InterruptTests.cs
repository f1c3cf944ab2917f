using System.Diagnostics;
using System.Globalization;
using Gantral.Cli.Tests.Running;
using Gantral.Lives;

namespace Gantral.Cli.Tests.Verify;

public sealed class InterruptTests : IDisposable
{
    private readonly Audit _audit = new();

    public void Dispose() => _audit.Dispose();

    [Fact]
    public async Task Ctrl_C_ends_it_at_once_with_nothing_said_and_nothing_left_behind()
    {
        _audit.Approved();

        // The header promises a log that needs files for its parts; the pipe then stays silent.
        var log = _audit.Log.Export();
        var promise = log.Header() with { Counts = log.Header().Counts.SetItem(Evidence.Bundles.LineKind.Entry, 1_000_000) };
        var parts = Directory.CreateDirectory(Path.Combine(_audit.Folder.Name, "parts"));
        using var process = new GantralProcess { Environs = environs => environs["TMPDIR"] = parts.FullName }.Start("verify", "-", "--keys", _audit.Keys);
        await process.StandardInput.BaseStream.WriteAsync(BundleFile.Join([promise.ToLine()]));
        await process.StandardInput.BaseStream.FlushAsync();
        await FilesIn(parts);

        using (var interrupt = Process.Start("kill", ["-INT", process.Id.ToString(CultureInfo.InvariantCulture)]))
        {
            await interrupt.WaitForExitAsync();
        }

        await process.WaitForExitAsync();
        Assert.Equal(130, process.ExitCode);
        Assert.Empty(await process.StandardOutput.ReadToEndAsync());
        Assert.Empty(await process.StandardError.ReadToEndAsync());
        Assert.Empty(parts.GetFileSystemInfos());
    }

    private static async Task FilesIn(DirectoryInfo folder)
    {
        using var watcher = new FileSystemWatcher(folder.FullName);
        var seen = new TaskCompletionSource();
        watcher.Created += (_, created) => _ = created.Name!.StartsWith("gantral-verify-", StringComparison.Ordinal) && seen.TrySetResult();
        watcher.EnableRaisingEvents = true;
        if (folder.GetFiles("gantral-verify-*").Length == 0)
        {
            await seen.Task.WaitAsync(TimeSpan.FromMinutes(1));
        }
    }
}
