using System.Diagnostics;

namespace Gantral.Silo.Tests.Embedded;

/// <summary>A data folder that was started and stopped once, to be copied: initialising costs seconds and few tests are about it.</summary>
public sealed class Template : IAsyncLifetime
{
    private TestFolder Folder { get; } = new();

    public async Task InitializeAsync()
    {
        try
        {
            await (await Folder.StartAsync()).StopAsync();
        }
        catch
        {
            await DisposeAsync();
            throw;
        }
    }

    public async Task DisposeAsync() => await Folder.DisposeAsync();

    /// <summary>A folder whose cluster is initialised and stopped.</summary>
    internal async Task<TestFolder> CopyAsync(string name = "d")
    {
        var folder = new TestFolder(name);
        using var copy = Process.Start("cp", ["-a", Folder.Path, folder.Path]);
        await copy.WaitForExitAsync().WaitAsync(TestFolder.Patience);
        Assert.Equal(0, copy.ExitCode);
        return folder;
    }
}
