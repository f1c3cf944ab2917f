using System.Diagnostics;
using Gantral.Silo.Tests.Embedded;

namespace Gantral.Silo.Tests.Startup;

/// <summary>The one rule by which ./run and ./gantral find the data folder, and what ./run refuses before it builds.</summary>
public sealed class DataFolderTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("gt").FullName;

    private static string Root { get; } = FindRoot();

    [Fact]
    public async Task It_lies_in_the_checkout() =>
        Assert.Equal($"{Open()}/.gantral", (await RunAsync("sh", "-c", ". \"$0\"/client/checkout.sh; data_folder \"$1\"", Root, Open())).Output.Trim());

    [Fact]
    public async Task For_root_it_lies_elsewhere_when_others_cannot_pass_through_to_the_checkout()
    {
        // The test's own folder is closed to others, as Directory.CreateTempSubdirectory makes it.
        var closed = Directory.CreateDirectory(Path.Combine(_folder, "checkout")).FullName;
        var found = (await RunAsync("sh", "-c", ". \"$0\"/client/checkout.sh; data_folder \"$1\"", Root, closed)).Output.Trim();

        Assert.Equal(Environment.IsPrivilegedProcess ? "/var/lib/gantral" : $"{closed}/.gantral", found);
    }

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

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private string Open()
    {
        var open = Directory.CreateDirectory(Path.Combine(_folder, "open")).FullName;
        foreach (var folder in new[] { _folder, open })
        {
            File.SetUnixFileMode(folder, File.GetUnixFileMode(folder) | UnixFileMode.OtherExecute);
        }

        return open;
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
