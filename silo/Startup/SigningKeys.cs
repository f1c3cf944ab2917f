using System.Collections.Immutable;
using Gantral.Evidence.Log;
using Gantral.Silo.Schema;
using Gantral.Silo.Startup.Settings;

namespace Gantral.Silo.Startup;

/// <summary>The key that signs the heads of the logs: a file that every silo of the database has, or one that an embedded database's silo makes for itself.</summary>
internal static class SigningKeys
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <summary>The signers of the logs.</summary>
    public static ImmutableSortedDictionary<int, LogSigner> Of(SiloSettings settings, ServedDatabase served)
    {
        var path = settings.SigningKeyFile ?? Path.Combine(settings.Data, "secrets", "log-key.pem");
        if (settings.SigningKeyFile is null && !File.Exists(path))
        {
            Make(path);
        }

        var pem = Read(path);
        return served.Logs.ToImmutableSortedDictionary(log => log.Key, log => Signer(log.Value, pem, path));
    }

    /// <summary>The same key under any name.</summary>
    public static Func<string, LogSigner> Maker(SiloSettings settings)
    {
        var path = settings.SigningKeyFile ?? Path.Combine(settings.Data, "secrets", "log-key.pem");
        var pem = Read(path);
        return origin => Signer(origin, pem, path);
    }

    private static string Read(string path)
    {
        try
        {
            return File.ReadAllText(path);
        }
        catch (Exception failed) when (failed is IOException or UnauthorizedAccessException)
        {
            throw new StartupRefusedException(ExitStatus.Configuration, $"The signing key in '{path}' cannot be read: {failed.Message}", failed);
        }
    }

    private static LogSigner Signer(string origin, string pem, string path) =>
        LogSigner.TryFromPem(origin, pem, out var signer, out var fault)
            ? signer
            : throw new StartupRefusedException(ExitStatus.Configuration, $"'{path}' holds no signing key: {fault} Make one with: openssl genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-256");

    // Written beside its place and moved there whole: a silo that dies here leaves no half key that would sign nothing.
    private static void Make(string path)
    {
        using var made = LogSigner.Create("any");
        var draft = $"{path}.new";
        File.Delete(draft);
        using (var file = new FileStream(draft, new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, UnixCreateMode = OwnerOnly }))
        {
            file.Write(System.Text.Encoding.ASCII.GetBytes(made.ExportPem()));
            file.Flush(flushToDisk: true);
        }

        File.Move(draft, path);
    }
}
