using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Gantral.Bench.Running;
using Gantral.Evidence.Verification;

namespace Gantral.Bench.Verify;

/// <summary>Verifies a file in a process of its own, for the most memory that a process ever had is told only by itself.</summary>
internal static class VerifyOnce
{
    /// <summary>How the child is told what it is.</summary>
    public const string Verb = "verify-once";

    private const double MiB = 1024 * 1024;

    /// <summary>What the child tells.</summary>
    public sealed record Cost(string Verdict, double WorkingSetMiB, double ManagedMiB, double Seconds);

    /// <summary>Starts a child and waits for what it tells.</summary>
    public static async Task<Cost> MeasureAsync(string bundle, string keys)
    {
        // Run by dotnet, or as an executable of its own.
        var self = Environment.ProcessPath!;
        string[] prefix = Path.GetFileNameWithoutExtension(self) == "dotnet" ? [typeof(VerifyOnce).Assembly.Location] : [];
        using var child = Process.Start(new ProcessStartInfo(self, [.. prefix, Verb, bundle, keys]) { RedirectStandardOutput = true })!;
        var told = await child.StandardOutput.ReadToEndAsync().ConfigureAwait(false);
        await child.WaitForExitAsync().ConfigureAwait(false);
        return child.ExitCode == 0
            ? JsonSerializer.Deserialize<Cost>(told)!
            : throw new WrongAnswerException(string.Create(CultureInfo.InvariantCulture, $"the verifying process ended with status {child.ExitCode}"));
    }

    /// <summary>What the child does.</summary>
    public static int RunChild(string bundle, string keys)
    {
        if (!TrustedKeys.TryParse(File.ReadAllBytes(keys), out var trusted, out var fault))
        {
            throw new WrongAnswerException(fault);
        }

        var managed = 0L;
        var instances = 0L;
        using var file = new FileStream(bundle, new FileStreamOptions { BufferSize = 0 });
        var before = Environment.CpuUsage.TotalTime;
        var report = Verifier.Verify(file, trusted, new VerifierOptions
        {
            Progress = _ => Sample(),
            EachInstance = _ =>
            {
                if (instances++ % 1000 == 0)
                {
                    Sample();
                }
            },
        });
        var seconds = (Environment.CpuUsage.TotalTime - before).TotalSeconds;
        using var self = Process.GetCurrentProcess();
        Console.Out.WriteLine(JsonSerializer.Serialize(new Cost(report.Verdict.ToString(), self.PeakWorkingSet64 / MiB, managed / MiB, seconds)));
        return 0;

        void Sample() => managed = Math.Max(managed, GC.GetTotalMemory(forceFullCollection: false));
    }
}
