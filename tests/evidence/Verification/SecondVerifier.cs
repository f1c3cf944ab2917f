using System.ComponentModel;
using System.Diagnostics;
using Gantral.Lives;
using Gantral.Lives.Vectors;

namespace Gantral.Evidence.Tests.Verification;

/// <summary>The verifier that was written from the text alone, in another language, judges every vector as this one does.</summary>
public sealed class SecondVerifier
{
    [Fact]
    public async Task A_verifier_written_from_the_text_alone_agrees_on_every_vector()
    {
        var start = new ProcessStartInfo("python3")
        {
            ArgumentList = { Path.Combine(VectorKeys.Folder, "..", "second", "check_vectors.py"), "--mutate", "40", "--seed", $"{Scale.Seed}" },
            RedirectStandardOutput = true,
            Environment = { ["PYTHONDONTWRITEBYTECODE"] = "1" },
        };
        using var python = Start(start);
        var output = await python.StandardOutput.ReadToEndAsync();
        await python.WaitForExitAsync();

        Assert.True(python.ExitCode == 0, $"seed {Scale.Seed}: {output}");
        Assert.Contains(" agreed, 0 disagreed", output, StringComparison.Ordinal);
    }

    private static Process Start(ProcessStartInfo start)
    {
        try
        {
            return Process.Start(start)!;
        }
        catch (Win32Exception)
        {
            throw new InvalidOperationException("The second verifier needs Python 3: install it (Debian: apt-get install python3).");
        }
    }
}
