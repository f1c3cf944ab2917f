using System.Text;

namespace Gantral.Client;

/// <summary><c>file:///path</c>: a file that the runner can read, such as one that Kubernetes or Docker mounts. A line break at its end is not part of the secret.</summary>
public sealed class FileSecrets : ISecretResolver
{
    private const int MostBytes = 64 * 1024;
    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>The folder below which all references lead; anywhere, if there is none.</summary>
    public string? Folder { get; init; }

    /// <summary>A file that is the runner's own, such as that of its token, and handed to nobody.</summary>
    public string? Withheld { get; init; }

    /// <inheritdoc/>
    public string Scheme => "file";

    /// <inheritdoc/>
    public async ValueTask<string> ResolveAsync(string reference, CancellationToken cancellation)
    {
        var path = PathOf(reference);
        try
        {
            using var file = File.OpenRead(path);
            var bytes = new byte[MostBytes + 1];
            var length = await file.ReadAtLeastAsync(bytes, bytes.Length, throwOnEndOfStream: false, cancellation).ConfigureAwait(false);
            var text = length > MostBytes ? throw new SecretException(reference, $"has more than {MostBytes} bytes") : Strict.GetString(bytes, 0, length);
            text = text.EndsWith('\n') ? text[..^(text.EndsWith("\r\n", StringComparison.Ordinal) ? 2 : 1)] : text;
            return text.Length > 0 ? text : throw new SecretException(reference, "is empty");
        }
        catch (Exception failed) when (failed is IOException or UnauthorizedAccessException)
        {
            throw new SecretException(reference, failed is FileNotFoundException or DirectoryNotFoundException ? "is not there" : "cannot be read by this runner", failed);
        }
        catch (DecoderFallbackException)
        {
            // Without its cause, which quotes bytes.
            throw new SecretException(reference, "is no text in UTF-8");
        }
    }

    private string PathOf(string reference)
    {
        var named = Uri.UnescapeDataString(reference["file://".Length..]);
        if (!named.StartsWith('/') || named.Contains('\0', StringComparison.Ordinal))
        {
            throw new SecretException(reference, "must have the whole path of a file, such as file:///run/secrets/db");
        }

        var path = Real(named);
        return Withheld is { } own && path == Real(own) ? throw new SecretException(reference, "is a file of the runner itself, which it hands to nobody")
            : Folder is { } folder && !path.StartsWith(Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder)) + Path.DirectorySeparatorChar, StringComparison.Ordinal)
                ? throw new SecretException(reference, $"is not in {folder}, where this runner looks for secrets")
            : path;
    }

    // Dots are followed before anything is compared, and so is a link in the last place.
    private static string Real(string path)
    {
        var full = Path.GetFullPath(path);
        try
        {
            return File.ResolveLinkTarget(full, returnFinalTarget: true)?.FullName ?? full;
        }
        catch (Exception missing) when (missing is IOException or UnauthorizedAccessException)
        {
            // Not there: opening it says so.
            return full;
        }
    }
}
