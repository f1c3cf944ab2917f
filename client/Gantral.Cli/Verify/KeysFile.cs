using System.Diagnostics.CodeAnalysis;
using Gantral.Cli.Terminal;
using Gantral.Evidence.Verification;

namespace Gantral.Cli.Verify;

/// <summary>The trusted keys, from the file that the command line names.</summary>
internal static class KeysFile
{
    private const int MostBytes = 1024 * 1024;

    /// <summary>Reads the keys, or says what is wrong and what to do.</summary>
    public static bool TryRead(string path, [NotNullWhen(true)] out TrustedKeys? keys, [NotNullWhen(false)] out string? fault)
    {
        keys = null;
        if (!InputFile.TryRead(path, MostBytes, out var bytes, out fault))
        {
            fault = $"The trusted keys cannot be read: {fault}. Give with --keys the file that you got from somebody you trust.";
            return false;
        }

        if (!TrustedKeys.TryParse(bytes, out var read, out var wrong))
        {
            fault = $"{Printable.Text(path)} holds no trusted keys. {Printable.Text(wrong)} Give with --keys a file of the format {TrustedKeys.Format}.";
            return false;
        }

        (keys, fault) = (read, null);
        return true;
    }
}
