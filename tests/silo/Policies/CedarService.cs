using System.ComponentModel;
using System.Diagnostics;

namespace Gantral.Silo.Tests.Policies;

/// <summary>Cedar behind a small server in Node.js, out of tests/silo/Policies/cedar. It ends with its input, so also when this process dies.</summary>
internal sealed class CedarService : IAsyncDisposable
{
    private const string HowToInstall = "install Node.js 20 or later with npm, for example: apt-get install nodejs npm";

    private readonly Process _process;

    private CedarService(Process process, string url) => (_process, Url) = (process, url);

    public string Url { get; }

    public static async Task<CedarService> OpenAsync()
    {
        if (!Directory.Exists(Path.Combine(Folder(), "node_modules", "@cedar-policy")))
        {
            using var install = Start("npm", "ci");
            var errors = install.StandardError.ReadToEndAsync();
            await install.StandardOutput.ReadToEndAsync();
            await install.WaitForExitAsync();
            Assert.True(install.ExitCode == 0, $"npm ci failed ({HowToInstall}): {await errors}");
        }

        var process = Start("node", "server.mjs");
        var port = await process.StandardOutput.ReadLineAsync();
        return port is not null
            ? new CedarService(process, $"http://127.0.0.1:{port}/")
            : throw new InvalidOperationException($"Cedar did not start ({HowToInstall}): {await process.StandardError.ReadToEndAsync()}");
    }

    public async ValueTask DisposeAsync()
    {
        _process.StandardInput.Close();
        await _process.WaitForExitAsync();
        _process.Dispose();
    }

    private static Process Start(string program, string argument)
    {
        try
        {
            return Process.Start(new ProcessStartInfo(program, [argument])
            {
                WorkingDirectory = Folder(),
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

    private static string Folder()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "Gantral.sln")))
        {
            folder = folder.Parent ?? throw new DirectoryNotFoundException("No Gantral.sln above the tests.");
        }

        return Path.Combine(folder.FullName, "tests", "silo", "Policies", "cedar");
    }
}
