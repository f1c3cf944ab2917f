using System.Collections.Immutable;
using Gantral.Abstractions.Vocabulary;
using Gantral.Evidence.Bundles;
using Gantral.Evidence.Log;

namespace Gantral.Evidence.Verification;

/// <summary>What checking a bundle means whatever its scope: every line is known, promised and there once.</summary>
internal abstract class BundleCheck(TrustedKeys keys, VerifierOptions options) : IDisposable
{
    private const int MostMalformed = 1000;

    private readonly long[] _counts = new long[Enum.GetValues<LineKind>().Length];
    private bool _cut;
    private int _malformed;

    /// <summary>What was found in the bundle as a whole.</summary>
    protected Findings Findings { get; } = new();

    /// <summary>How to verify.</summary>
    protected VerifierOptions Options { get; } = options;

    /// <summary>The signed heads.</summary>
    protected Heads Heads => field ??= new Heads(keys, Options, Findings);

    /// <summary>The header, once it was read.</summary>
    protected BundleHeader? Header { get; set; }

    /// <summary>Whether the file is of a version that this verifier does not know.</summary>
    protected bool OtherFormat { get; private set; }

    /// <summary>Whether so many lines are none that reading on can change nothing.</summary>
    public bool GivesUp => _malformed > MostMalformed;

    /// <summary>Takes a line that was read whole.</summary>
    public void Take(in BundleLine line, LineFault? fault, ReadOnlySpan<byte> utf8, long number)
    {
        if (fault is { } wrong)
        {
            OtherFormat |= wrong.UnknownFormat;
            _malformed++;
            Findings.Add(wrong.UnknownFormat ? FindingCode.UnknownFormat : FindingCode.MalformedLine, $"line {number}: {wrong.Reason}");
            return;
        }

        _counts[(int)line.Kind]++;
        if (line.Kind == LineKind.Header)
        {
            TakeHeader(line.Header!);
        }
        else
        {
            Take(line, utf8);
        }
    }

    /// <summary>Takes note of a line that could not be read whole.</summary>
    public void TakeBroken(LineStatus status, long number)
    {
        _cut |= status == LineStatus.Unended;
        if (status == LineStatus.Unended)
        {
            Findings.Add(FindingCode.Truncated, "the file ends in the middle of a line");
        }
        else
        {
            _malformed++;
            Findings.Add(FindingCode.MalformedLine, $"line {number} is longer than {BundleLine.MaxBytes} bytes");
        }
    }

    /// <summary>Ends the check.</summary>
    public abstract VerificationReport Finish();

    /// <inheritdoc/>
    public virtual void Dispose()
    {
    }

    /// <summary>Takes a header.</summary>
    protected abstract void TakeHeader(BundleHeader header);

    /// <summary>Takes any other line.</summary>
    protected abstract void Take(in BundleLine line, ReadOnlySpan<byte> utf8);

    /// <summary>How many lines of a kind were there.</summary>
    protected long Count(LineKind kind) => _counts[(int)kind];

    /// <summary>Compares the numbers of lines with what the header promises.</summary>
    protected void CheckCounts(BundleHeader header)
    {
        foreach (var kind in Enum.GetValues<LineKind>().Where(kind => kind != LineKind.Header))
        {
            var promised = header.Counts.GetValueOrDefault(kind);
            if (promised != Count(kind))
            {
                Findings.Add(FindingCode.CountMismatch, $"the header promises {promised} lines of kind {WireName.Of(kind)}, and {Count(kind)} are there");
            }
        }
    }

    /// <summary>The report on input without a header.</summary>
    protected VerificationReport WithoutHeader()
    {
        if (!OtherFormat)
        {
            Findings.Add(FindingCode.NotABundle, _cut ? "the file has no header; it may have been cut" : "the file has no header: this is not a bundle");
        }

        return Report(null, null) with { Scope = null };
    }

    /// <summary>The part of the report that is alike for every scope.</summary>
    protected VerificationReport Report(BundleHeader? header, Checkpoint? head) => new()
    {
        Finding = Findings.Worst ?? new Finding(FindingCode.Ok, "everything in the scope was proven"),
        Scope = header?.Scope,
        Origin = header?.Origin,
        Anchor = head is null || Findings.Verdict >= Verdict.Invalid ? Anchor.None : Heads.AnchorOf(head),
        Checkpoint = head,
        Missing = [.. Findings.Missing],
    };

    /// <summary>In words, what a head that nothing anchors does not exclude.</summary>
    protected static ImmutableArray<string> Unanchored(Anchor anchor) => anchor == Anchor.None
        ? ["that whoever holds the log's signing key rewrote the log before handing it over: no earlier checkpoint and no witness anchors it"]
        : [];
}
