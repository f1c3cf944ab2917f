using Gantral.Evidence.Bundles;

namespace Gantral.Evidence.Verification;

/// <summary>
/// Verifies a bundle: no network, no database, no configuration but the trusted keys. It reads once, front to back, in
/// bounded memory, and whatever the input is, it ends in a report.
/// </summary>
public static class Verifier
{
    private const long ProgressEvery = 4 * 1024 * 1024;

    /// <summary>Verifies the bundle in a stream.</summary>
    public static VerificationReport Verify(Stream bundle, TrustedKeys keys, VerifierOptions? options = null)
    {
        options ??= new VerifierOptions();
        var lines = new LineReader(bundle, BundleLine.MaxBytes);
        BundleCheck? check = null;
        try
        {
            var told = 0L;
            for (var status = lines.Read(out var utf8); status != LineStatus.End; status = lines.Read(out utf8))
            {
                if (status == LineStatus.Whole)
                {
                    var line = BundleLine.Read(utf8, out var fault);
                    check ??= For(line, keys, options);
                    check.Take(line, fault, utf8, lines.Lines);
                }
                else
                {
                    check ??= new InstanceBundle(keys, options);
                    check.TakeBroken(status, lines.Lines);
                }

                if (check.GivesUp)
                {
                    break;
                }

                if (lines.BytesRead - told >= ProgressEvery)
                {
                    options.Progress?.Invoke(told = lines.BytesRead);
                }
            }

            return (check ?? new InstanceBundle(keys, options)).Finish();
        }
        finally
        {
            check?.Dispose();
        }
    }

    // A log is told by its first line, for it is checked while it is read. An instance's bundle is small enough to be
    // held, so there the header may stand anywhere.
    private static BundleCheck For(BundleLine first, TrustedKeys keys, VerifierOptions options) =>
        first.Header is { Scope: not BundleScope.Instance } header
            ? new LogBundle(header, keys, options)
            : new InstanceBundle(keys, options);
}
