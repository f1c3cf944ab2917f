namespace Gantral.Silo.Identity.Federation;

/// <summary>The token by which a silo itself asks, out of a file.</summary>
internal static class PresentedToken
{
    private const int Longest = 16 * 1024;

    /// <summary>The token; none where the text is none.</summary>
    public static string? Of(string text) =>
        text.Trim() is { Length: > 0 and <= Longest } token && token.All(character => character is > ' ' and <= '~') ? token : null;
}
