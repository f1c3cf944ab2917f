using Gantral.Cli.Terminal;
using Gantral.Cli.Verify;
using Gantral.Evidence.Log;
using Gantral.Evidence.Verification;

namespace Gantral.Cli.Logs;

/// <summary>The private key of a witness: a file of its own, never the log's.</summary>
internal static class WitnessKey
{
    private const int MostBytes = 64 * 1024;
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <summary>Reads the key.</summary>
    public static LogSigner Read(string path, string name)
    {
        if (!InputFile.TryRead(path, MostBytes, out var bytes, out var fault))
        {
            throw new CommandRefusedException(ExitStatus.Unusable, $"The witness' key cannot be read: {fault}. Make one with gantral witness keygen.");
        }

        return LogSigner.TryFromPem(name, System.Text.Encoding.UTF8.GetString(bytes), out var signer, out fault)
            ? signer
            : throw new CommandRefusedException(ExitStatus.Unusable, $"{Printable.Text(path)} holds no key of a witness: {fault} Make one with gantral witness keygen.");
    }

    /// <summary>Makes a key where there is none yet, and answers the keys file that names its public half.</summary>
    public static byte[] Make(string path, string name)
    {
        using var made = LogSigner.Create(name);
        try
        {
            var folder = Path.GetDirectoryName(Path.GetFullPath(path))!;
            Directory.CreateDirectory(folder);
            var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
            if (!OperatingSystem.IsWindows())
            {
                options.UnixCreateMode = OwnerOnly;
            }

            using var file = new FileStream(path, options);
            file.Write(System.Text.Encoding.ASCII.GetBytes(made.ExportPem()));
            file.Flush(flushToDisk: true);
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw new CommandRefusedException(ExitStatus.CannotWrite, $"{Printable.Text(path)} cannot be written: {Printable.Text(refused.Message.TrimEnd('.'))}. A key that is there is never written over.", refused);
        }

        return new TrustedKeys { Witnesses = [made.PublicKey] }.ToFile().Span.ToArray();
    }
}
