using System.Diagnostics;
using Gantral.Silo.Tests.Embedded;

namespace Gantral.Silo.Tests.Startup;

/// <summary>What ./run refuses before it builds, and how it explains itself.</summary>
public sealed class RunScriptTests
{
    private static string Root { get; } = FindRoot();

    [Theory]
    [InlineData("--prot", "1")]
    [InlineData("--port")]
    [InlineData("--data", "")]
    [InlineData("up")]
    public async Task Run_refuses_a_command_line_that_it_does_not_know(params string[] words)
    {
        var run = await RunAsync([Path.Combine(Root, "run"), .. words]);

        Assert.Equal((64, ""), (run.Status, run.Output));
        Assert.StartsWith("run: ", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_explains_itself()
    {
        var run = await RunAsync(Path.Combine(Root, "run"), "--help");

        Assert.Equal((0, ""), (run.Status, run.Error));
        Assert.All(["--port", "--data", "gantral dev token"], word => Assert.Contains(word, run.Output, StringComparison.Ordinal));
    }

    private static async Task<(int Status, string Output, string Error)> RunAsync(params string[] words)
    {
        var start = new ProcessStartInfo(words[0], words[1..]) { RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment.Remove("GANTRAL_DATA");
        using var process = Process.Start(start)!;
        var (output, error) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync().WaitAsync(TestFolder.Patience);
        return (process.ExitCode, await output, await error);
    }

    private static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder!.FullName, "Gantral.sln")))
        {
            folder = folder.Parent;
        }

        return folder.FullName;
    }
}
