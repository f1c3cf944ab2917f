using Gantral.Bench.Running;
using Gantral.Bench.Workload;
using Gantral.Evidence.Log;
using Gantral.Evidence.Verification;

namespace Gantral.Bench.Verify;

/// <summary>How fast single instances are verified, each from a bundle of its own with a signature to check.</summary>
internal sealed class VerifyInstanceCase : IBenchCase
{
    private const int Bundles = 2_000;

    /// <inheritdoc/>
    public string Name => "verify-instance";

    /// <inheritdoc/>
    public string About => "bundles of one approved instance verified per second of one core, against the bare check of one signature and SHA-256 of the same entries.";

    /// <inheritdoc/>
    public Task<IReadOnlyList<CaseResult>> MeasureAsync(BenchRun run)
    {
        using var lives = new TypicalLives();
        var life = lives.Lives.MaxBy(life => life.Count)!;
        var bundle = lives.Log.Instance(Guid.Parse(life[0].Entry.Subject.Id)).ToBytes();
        var keys = lives.Log.Keys();
        var lengths = life.Select(entry => entry.Bytes.Span.Length).ToArray();
        var head = lives.Log.Head().Body();
        var signature = lives.Log.Signer.Sign(head);

        var (figure, ceiling) = PerCore.Rates(run, Name, Bundles, () => Repeat(() => Verify(bundle, keys)), () => Repeat(() => Ceiling(lives.Log.Signer.PublicKey, head, signature, lengths)));
        var times = PerCore.Milliseconds(Bundles, () => Verify(bundle, keys));
        return Task.FromResult<IReadOnlyList<CaseResult>>(
        [
            new CaseResult(Name, figure, "bundles/s/core")
            {
                Ceiling = ceiling,
                P50 = Samples.Median(times),
                P99 = Samples.Percentile(times, 99),
                Notes = [$"a bundle shows {life.Count} entries of the instance and has {bundle.Length:N0} bytes"],
            },
        ]);
    }

    private static void Repeat(Action once)
    {
        for (var i = 0; i < Bundles; i++)
        {
            once();
        }
    }

    private static void Verify(byte[] bundle, TrustedKeys keys)
    {
        using var stream = new MemoryStream(bundle);
        if (Verifier.Verify(stream, keys) is { Verdict: not Verdict.Valid } report)
        {
            throw new WrongAnswerException($"a sound bundle was found {report.Verdict}: {report.Finding.Reason}");
        }
    }

    private static void Ceiling(LogVerifyingKey key, byte[] head, NoteSignature signature, int[] lengths)
    {
        if (!key.Verify(head, signature))
        {
            throw new WrongAnswerException("a sound signature was found wrong");
        }

        BareHash.Run(lengths);
    }
}
