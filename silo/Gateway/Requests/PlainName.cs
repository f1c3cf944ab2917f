using System.Text;

namespace Gantral.Silo.Gateway.Requests;

/// <summary>What may be a name here: of a workflow, a version, a role, a step, a team.</summary>
internal static class PlainName
{
    /// <summary>How many characters it may have.</summary>
    public const int Longest = 200;

    public static bool Is(string text) =>
        !string.IsNullOrWhiteSpace(text) && text.EnumerateRunes().Count() <= Longest && !text.EnumerateRunes().Any(Rune.IsControl);
}
