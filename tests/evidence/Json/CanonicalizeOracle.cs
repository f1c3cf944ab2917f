using System.ComponentModel;
using System.Diagnostics;
using System.Text;

namespace Gantral.Evidence.Tests.Json;

/// <summary>Another implementation of RFC 8785, run by Node.js out of tests/evidence/oracle.</summary>
internal static class CanonicalizeOracle
{
    private const string HowToInstall = "install Node.js 18 or later with npm, for example: apt-get install nodejs npm";
    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>Installs the pinned package unless it is there.</summary>
    public static async Task PrepareAsync()
    {
        if (!Directory.Exists(Path.Combine(Folder(), "node_modules", "canonicalize")))
        {
            await RunAsync(OperatingSystem.IsWindows() ? "npm.cmd" : "npm", "ci", "");
        }
    }

    /// <summary>The canonical form of each document, one a line.</summary>
    public static async Task<string[]> CanonicalizeAsync(IEnumerable<string> documents)
    {
        var lines = await RunAsync("node", "canonicalize.mjs", string.Join('\n', documents) + "\n");
        return lines.TrimEnd('\n').Split('\n');
    }

    private static async Task<string> RunAsync(string program, string argument, string input)
    {
        var start = new ProcessStartInfo(program, [argument])
        {
            WorkingDirectory = Folder(),
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardInputEncoding = StrictUtf8,
            StandardOutputEncoding = StrictUtf8,
        };
        using var process = Start(start);
        var output = process.StandardOutput.ReadToEndAsync();
        var errors = process.StandardError.ReadToEndAsync();
        await process.StandardInput.WriteAsync(input);
        process.StandardInput.Close();
        await process.WaitForExitAsync();
        Assert.True(process.ExitCode == 0, $"{program} {argument} failed ({HowToInstall}): {await errors}");
        return await output;
    }

    private static Process Start(ProcessStartInfo start)
    {
        try
        {
            return Process.Start(start)!;
        }
        catch (Win32Exception)
        {
            Assert.Fail($"{start.FileName} is not installed; {HowToInstall}");
            throw;
        }
    }

    private static string Folder()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "Gantral.sln")))
        {
            folder = folder.Parent ?? throw new DirectoryNotFoundException("No Gantral.sln above the tests.");
        }

        return Path.Combine(folder.FullName, "tests", "evidence", "oracle");
    }
}
