using System.ComponentModel;
using System.Diagnostics;

namespace Gantral.Silo.Tests.Node;

/// <summary>A small server in Node.js out of a folder with its own lock file. It ends with its input, so also when this process dies.</summary>
internal sealed class NodeService : IAsyncDisposable
{
    private const string HowToInstall = "install Node.js 20 or later with npm, for example: apt-get install nodejs npm";

    // Several classes of tests use one folder, and two installations at once undo each other.
    private static readonly SemaphoreSlim Installing = new(1);

    private readonly Process _process;

    private NodeService(Process process, string port) => (_process, Port) = (process, port);

    /// <summary>The port, which is the first line that it prints.</summary>
    public string Port { get; }

    /// <summary>Starts <c>server.mjs</c>, with what it needs installed.</summary>
    /// <param name="folder">The folder below tests/silo.</param>
    /// <param name="package">A package by which is seen whether it is installed.</param>
    /// <param name="arguments">What the server is told.</param>
    public static async Task<NodeService> OpenAsync(string folder, string package, params string[] arguments)
    {
        var place = await InstalledAsync(folder, package);
        var process = Start(place, "node", ["server.mjs", .. arguments]);
        var said = process.StandardError.ReadToEndAsync();
        return await process.StandardOutput.ReadLineAsync() is { } port
            ? new NodeService(process, port)
            : throw new InvalidOperationException($"The server in {folder} did not start ({HowToInstall}): {await said}");
    }

    /// <summary>Runs a program of a package to its end, and answers how it ended and what it said.</summary>
    /// <param name="folder">The folder below tests/silo.</param>
    /// <param name="package">A package by which is seen whether it is installed.</param>
    /// <param name="program">The program below node_modules.</param>
    /// <param name="arguments">What it is told.</param>
    public static async Task<(int Status, string Said)> RunAsync(string folder, string package, string program, params string[] arguments)
    {
        var place = await InstalledAsync(folder, package);
        using var process = Start(place, "node", [Path.Combine("node_modules", program), .. arguments]);
        process.StandardInput.Close();
        var complained = process.StandardError.ReadToEndAsync();
        var said = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return (process.ExitCode, said + await complained);
    }

    /// <summary>The checkout.</summary>
    public static string Root()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "Gantral.sln")))
        {
            folder = folder.Parent ?? throw new DirectoryNotFoundException("No Gantral.sln above the tests.");
        }

        return folder.FullName;
    }

    /// <summary>Installs what a folder below tests/silo needs, if that has not been done, and answers where it is.</summary>
    public static async Task<string> InstalledAsync(string folder, string package)
    {
        var place = Path.Combine(Root(), "tests", "silo", folder);
        await Installing.WaitAsync();
        try
        {
            if (!Directory.Exists(Path.Combine(place, "node_modules", package)))
            {
                using var install = Start(place, "npm", "ci");
                var errors = install.StandardError.ReadToEndAsync();
                await install.StandardOutput.ReadToEndAsync();
                await install.WaitForExitAsync();
                Assert.True(install.ExitCode == 0, $"npm ci failed ({HowToInstall}): {await errors}");
            }

            return place;
        }
        finally
        {
            Installing.Release();
        }
    }

    public async ValueTask DisposeAsync()
    {
        _process.StandardInput.Close();
        await _process.WaitForExitAsync();
        _process.Dispose();
    }

    private static Process Start(string folder, string program, params string[] arguments)
    {
        try
        {
            return Process.Start(new ProcessStartInfo(program, arguments)
            {
                WorkingDirectory = folder,
                RedirectStandardInput = true,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            })!;
        }
        catch (Win32Exception)
        {
            throw new InvalidOperationException($"{program} is not installed; {HowToInstall}");
        }
    }
}
