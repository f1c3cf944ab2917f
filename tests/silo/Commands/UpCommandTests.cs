using System.Globalization;
using Gantral.Silo.Tests.Embedded;
using Gantral.Silo.Tests.Runners;
using Gantral.Silo.Tests.WholeLife;

namespace Gantral.Silo.Tests.Commands;

/// <summary><c>gantral up</c>: the server goes on in its place.</summary>
public sealed class UpCommandTests
{
    [Fact]
    public async Task It_becomes_a_silo_that_a_signal_stops()
    {
        await using var folder = new TestFolder();
        using var up = Command.Launch(
            new Uri("http://127.0.0.1:9"), "", [SiloUnderTest.Host, AgentFolder.Command, "up", "--port", "0", "--data", folder.Path, "--dev"],
            ("GANTRAL_SILO", Path.Combine(AppContext.BaseDirectory, "Gantral.Silo.dll")));
        var log = up.StandardError.ReadToEndAsync();
        var ready = await up.StandardOutput.ReadLineAsync().WaitAsync(TestFolder.Patience);
        Assert.StartsWith("Gantral is ready: http://127.0.0.1:", ready, StringComparison.Ordinal);
        using var client = new HttpClient();
        Assert.Equal("""{"status":"live"}""", await client.GetStringAsync(new Uri($"{ready!["Gantral is ready: ".Length..].TrimEnd('/')}/healthz/live")));

        using var kill = System.Diagnostics.Process.Start("kill", ["-TERM", up.Id.ToString(CultureInfo.InvariantCulture)]);
        await up.WaitForExitAsync().WaitAsync(TestFolder.Patience);
        Assert.Equal(0, up.ExitCode);
        await log;
    }
}
