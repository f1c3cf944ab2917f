using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using Gantral.Cli.Terminal;
using Gantral.Evidence.Log;
using Gantral.Evidence.Verification;

namespace Gantral.Cli.Verify;

/// <summary>One run of <c>gantral verify</c>.</summary>
internal sealed class Verification
{
    private const string StandardInput = "-";

    /// <summary>The bundle's path.</summary>
    public required string Bundle { get; init; }

    /// <summary>The path of the keys file.</summary>
    public required string Keys { get; init; }

    /// <summary>The paths of known checkpoints.</summary>
    public required IReadOnlyList<string> Checkpoints { get; init; }

    /// <summary>Whether the report is for a machine.</summary>
    public required bool Json { get; init; }

    /// <summary>Verifies, reports, and answers the exit status.</summary>
    public int Run(CancellationToken interrupted)
    {
        try
        {
            if (!KeysFile.TryRead(Keys, out var keys, out var fault)
                || !TryReadCheckpoints(keys, out var known, out fault)
                || !TryOpenBundle(out var bundle, out fault))
            {
                return Refuse(fault);
            }

            using (bundle)
            {
                return Run(bundle, keys, known, interrupted);
            }
        }
        catch (OperationCanceledException)
        {
            return ExitStatus.Interrupted;
        }
        catch (Exception failed) when (failed is IOException or UnauthorizedAccessException)
        {
            return Refuse($"Reading broke off, so nothing was verified: {Printable.Text(failed.Message)} A large log also needs as much free space as its own size in the folder for temporary files, which TMPDIR names.");
        }
    }

    private int Run(Stream bundle, TrustedKeys keys, ImmutableArray<Checkpoint> known, CancellationToken interrupted)
    {
        var progress = new VerifyProgress(bundle.CanSeek ? bundle.Length : null);
        var instances = new InstanceTally();
        var report = Verifier.Verify(new InterruptibleStream(bundle, interrupted), keys, new VerifierOptions
        {
            KnownCheckpoints = known,
            Progress = progress.Read,
            EachInstance = instance =>
            {
                interrupted.ThrowIfCancellationRequested();
                progress.Replayed();
                instances.Take(instance);
            },
        });
        progress.Clear();
        if (report.Verdict == Verdict.Unusable)
        {
            return Refuse($"{Name} cannot be verified: {Printable.Text(report.Finding.Reason.TrimEnd('.'))}. Give a bundle as Gantral exported it, whole and unpacked.", report);
        }

        if (Json)
        {
            MachineReport.Print(report);
            return report.ExitStatus;
        }

        if (report.Scope == Evidence.Bundles.BundleScope.Instance)
        {
            report.Instances.ToList().ForEach(instances.Take);
        }

        Console.Out.Write(new Statement(report, Colour.OfThisProcess()) { Instances = instances, KnownCheckpoints = known.Length }.ToString());
        return report.ExitStatus;
    }

    private string Name => Bundle == StandardInput ? "standard input" : Printable.Text(Bundle);

    private bool TryReadCheckpoints(TrustedKeys keys, out ImmutableArray<Checkpoint> known, [NotNullWhen(false)] out string? fault)
    {
        var read = ImmutableArray.CreateBuilder<Checkpoint>(Checkpoints.Count);
        known = [];
        foreach (var path in Checkpoints)
        {
            if (!KnownCheckpoint.TryRead(path, keys, out var checkpoint, out fault))
            {
                return false;
            }

            read.Add(checkpoint);
        }

        (known, fault) = (read.ToImmutable(), null);
        return true;
    }

    private bool TryOpenBundle([NotNullWhen(true)] out Stream? bundle, [NotNullWhen(false)] out string? fault)
    {
        fault = null;
        bundle = Bundle == StandardInput ? Console.OpenStandardInput() : InputFile.TryOpen(Bundle, out var file, out fault) ? file : null;
        fault = fault is null ? null : $"The bundle cannot be read: {fault}. Give the file that was exported, or - for standard input.";
        return bundle is not null;
    }

    private int Refuse(string fault, VerificationReport? report = null)
    {
        Console.Error.WriteLine($"gantral: {fault}");
        if (Json)
        {
            MachineReport.Print(report ?? MachineReport.Unusable(fault));
        }

        return ExitStatus.Unusable;
    }
}
