using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using Gantral.Abstractions.Identity;
using Gantral.Cli.Terminal;

namespace Gantral.Cli.Development;

/// <summary>The signing key of a development silo, from its data folder.</summary>
internal static class DevelopmentKey
{
    /// <summary>Reads the key, or says what is wrong and what to do.</summary>
    public static bool TryRead(string dataFolder, [NotNullWhen(true)] out ECDsa? key, [NotNullWhen(false)] out string? fault)
    {
        var file = Path.Combine(dataFolder, DevelopmentIdentity.KeyFolder, DevelopmentIdentity.KeyFile);
        var read = ECDsa.Create();
        (key, fault) = (null, null);
        try
        {
            read.ImportFromPem(File.ReadAllText(file));
            (key, read) = (read, null);
            return true;
        }
        catch (Exception refused) when (refused is FileNotFoundException or DirectoryNotFoundException)
        {
            fault = $"{Printable.Text(dataFolder)} holds no development key yet; start the silo with ./run first, or name its data folder with --data.";
        }
        catch (UnauthorizedAccessException)
        {
            fault = $"you may not read {Printable.Text(file)}; run this as the account that runs the silo.";
        }
        catch (Exception refused) when (refused is IOException or ArgumentException or CryptographicException or NotSupportedException)
        {
            fault = $"{Printable.Text(file)} cannot be used: {Printable.Text(refused.Message.TrimEnd('.'))}. Delete it and start the silo again, which makes another one.";
        }
        finally
        {
            read?.Dispose();
        }

        return false;
    }
}
