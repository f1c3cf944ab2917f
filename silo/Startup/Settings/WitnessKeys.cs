using System.Collections.Immutable;
using Gantral.Evidence.Log;
using Gantral.Evidence.Verification;

namespace Gantral.Silo.Startup.Settings;

/// <summary>The witnesses that an operator names: a keys file, as auditors have it, of which only its witnesses count.</summary>
internal static class WitnessKeys
{
    // A note carries so many signatures, and the log's own are among them.
    private const int Most = SignedNote.MaxSignatures / 2;

    /// <summary>Reads the file.</summary>
    public static ImmutableArray<LogVerifyingKey> Read(string path)
    {
        byte[] bytes;
        try
        {
            bytes = File.ReadAllBytes(path);
        }
        catch (Exception failed) when (failed is IOException or UnauthorizedAccessException)
        {
            throw Refuse($"'{path}' cannot be read: {failed.Message}", failed);
        }

        return !TrustedKeys.TryParse(bytes, out var keys, out var fault) ? throw Refuse($"'{path}' holds no keys. {fault}")
            : keys.Witnesses.Length is < 1 or > Most ? throw Refuse($"'{path}' names {keys.Witnesses.Length} witnesses, and must name 1 to {Most}.")
            : keys.Witnesses;
    }

    private static StartupRefusedException Refuse(string what, Exception? cause = null) =>
        new(ExitStatus.Configuration, $"Gantral:{KnownSettings.WitnessKeysFile}: {what} `gantral witness keygen` prints such a file.", cause);
}
