using System.Text;
using Gantral.Abstractions.Definitions;

namespace Gantral.Silo.Secrets;

/// <summary>
/// The secrets that the operator mounts as files, a folder for each team. They are read each time they are needed, since
/// mounted files are exchanged underneath, and kept nowhere.
/// </summary>
/// <param name="folder">The folder of all teams' secrets; none where the operator named none.</param>
public sealed class MountedSecrets(string? folder)
{
    /// <summary>The setting that names the folder.</summary>
    public const string Setting = "Gantral:Secrets:Folder";

    private const int MostBytes = 16 * 1024;

    /// <summary>The lines of a secret that say something. Throws <see cref="SecretUnusableException"/>.</summary>
    internal async Task<string[]> ReadAsync(string team, SecretReference reference, CancellationToken cancellation)
    {
        if (folder is null)
        {
            throw new SecretUnusableException($"{reference.Text} is looked for nowhere: this silo has no {Setting}");
        }

        // The name of a team is any text, and a team's secrets are its own.
        var home = Uri.EscapeDataString(team);
        if (home.Trim('.').Length == 0)
        {
            throw new SecretUnusableException($"no folder can be named after the team '{team}'");
        }

        return Lines(await BytesAsync(Path.Combine(folder, home, reference.Path), reference, cancellation), reference);
    }

    private static async Task<byte[]> BytesAsync(string file, SecretReference reference, CancellationToken cancellation)
    {
        try
        {
            await using var stream = new FileStream(file, new FileStreamOptions { Options = FileOptions.Asynchronous });
            var bytes = new byte[MostBytes + 1];
            var read = await stream.ReadAtLeastAsync(bytes, bytes.Length, throwOnEndOfStream: false, cancellation);
            return read <= MostBytes ? bytes[..read] : throw new SecretUnusableException($"{reference.Text} has more than {MostBytes} bytes");
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new SecretUnusableException($"{reference.Text} cannot be read among the secrets of its team ({fault.GetType().Name})");
        }
    }

    private static string[] Lines(byte[] bytes, SecretReference reference)
    {
        try
        {
            var lines = new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(bytes).Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
            return lines.Length > 0 ? lines : throw new SecretUnusableException($"{reference.Text} is empty");
        }
        catch (DecoderFallbackException)
        {
            throw new SecretUnusableException($"{reference.Text} is no text in UTF-8");
        }
    }
}
