using System.Diagnostics.CodeAnalysis;

namespace Gantral.Abstractions.Definitions;

/// <summary>Where a secret lies, never what it is: <c>file://webhooks/payments</c>, a file among those of the team that names it.</summary>
public sealed record SecretReference
{
    /// <summary>What a reference looks like.</summary>
    public const string Expected = "a reference to a file among your team's secrets, such as file://webhooks/payments";

    private const string Scheme = "file://";
    private const int Longest = 200;

    private SecretReference(string text) => Text = text;

    /// <summary>The reference as it was written.</summary>
    public string Text { get; }

    /// <summary>The file, below the folder of a team.</summary>
    public string Path => Text[Scheme.Length..];

    /// <summary>Reads a reference; only plain names with slashes between, so that none leads out of its folder.</summary>
    public static bool TryParse(string? text, [NotNullWhen(true)] out SecretReference? reference)
    {
        reference = text is { Length: <= Longest } && text.StartsWith(Scheme, StringComparison.Ordinal) && text[Scheme.Length..].Split('/').All(IsName)
            ? new SecretReference(text)
            : null;
        return reference is not null;
    }

    // A name that begins with a dot is hidden or leads upwards.
    private static bool IsName(string name) => name.Length > 0 && name[0] != '.' && name.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '.' or '_' or '-');
}
