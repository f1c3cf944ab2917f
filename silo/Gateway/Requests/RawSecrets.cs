namespace Gantral.Silo.Gateway.Requests;

/// <summary>Whether a text looks like a secret itself. Whatever is no reference is refused anyway; who sent this is told why.</summary>
internal static class RawSecrets
{
    // How tools of others begin their secrets.
    private static readonly string[] Marks =
        ["whsec_", "-----BEGIN", "xoxb-", "xoxp-", "ghp_", "github_pat_", "glpat-", "sk-", "AKIA", "AIza", "eyJ", "Bearer ", "Basic ", "password=", "hooks.slack.com/services/"];

    public static bool Look(string text) => Marks.Any(mark => text.Contains(mark, StringComparison.OrdinalIgnoreCase));
}
