namespace Gantral.Silo.Gateway.Requests;

/// <summary>Whether a text looks like a secret itself. Whatever is no reference is refused anyway; who sent this is told why.</summary>
internal static class RawSecrets
{
    // Long enough that no name or address has them by chance, wherever they stand.
    private static readonly string[] Marks = ["whsec_", "-----BEGIN", "xoxb-", "xoxp-", "ghp_", "github_pat_", "glpat-", "Bearer ", "password=", "hooks.slack.com/services/"];

    // So short that only a text which begins with them, letter for letter, is suspect: "risk-team" is a name.
    private static readonly string[] Beginnings = ["sk-", "AKIA", "AIza", "eyJ", "Basic "];

    public static bool Look(string text) =>
        Marks.Any(mark => text.Contains(mark, StringComparison.OrdinalIgnoreCase)) || Beginnings.Any(beginning => text.StartsWith(beginning, StringComparison.Ordinal));
}
