using System.Collections.Frozen;
using System.Collections.Immutable;
using Gantral.Silo.Json;

namespace Gantral.Silo.Identity;

/// <summary>Reads claims and keeps the first fault. A claim of the wrong type is a fault, never a claim that is not there.</summary>
internal sealed class ClaimsReading(JsonFields fields)
{
    private const int LongestName = 255;
    private const int MostNames = 100;
    private const long LatestSecond = 253_402_300_799;

    /// <summary>The first thing that is wrong.</summary>
    public string? Fault { get; private set; }

    /// <summary>Notes a fault unless something holds.</summary>
    public void Require(bool holds, string otherwise)
    {
        if (!holds)
        {
            Fault ??= otherwise;
        }
    }

    /// <summary>Whether there is such a claim, whatever it says.</summary>
    public bool Has(string claim) => Find(claim) is not null;

    /// <summary>Whether a claim is exactly this text; another type is another thing and no fault.</summary>
    public bool Says(string claim, string value) => Hint(claim) == value;

    /// <summary>A claim's text, where it has one.</summary>
    public string? Hint(string claim) => Find(claim)?.Text();

    /// <summary>A claim that must be a text if it is there.</summary>
    public string? Text(string claim)
    {
        if (Find(claim) is not { } value)
        {
            return null;
        }

        var text = value.Text();
        Require(IsName(text), $"its {claim} is not a text of 1 to {LongestName} characters");
        return text;
    }

    /// <summary>A moment.</summary>
    public long? Second(string claim)
    {
        if (Find(claim) is not { } value)
        {
            return null;
        }

        var second = value.Integer();
        Require(second is >= 0 and <= LatestSecond, $"its {claim} is not a whole number of seconds");
        return second;
    }

    /// <summary>Whether the token is for one of these audiences, and for nobody else but those others.</summary>
    public bool IsFor(FrozenSet<string> ours, FrozenSet<string> others)
    {
        if (Find("aud") is not { } value || (value.Text() is { } one ? [one] : value.Texts()) is not { } audiences)
        {
            return false;
        }

        return audiences.Any(ours.Contains)
            && audiences.All(name => ours.Contains(name) || others.Contains(name))
            && audiences.Distinct(StringComparer.Ordinal).Count() == audiences.Length;
    }

    /// <summary>A list of names, each once; one name alone only where that is allowed.</summary>
    public ImmutableArray<string> Names(string claim, bool mayBeOne)
    {
        if (Find(claim) is not { } value)
        {
            return [];
        }

        var names = mayBeOne && value.Text() is { } one ? [one] : value.Texts() ?? [""];
        Require(names.Length <= MostNames && names.All(IsName), $"its {claim} are not a list of at most {MostNames} names");
        return [.. names.Distinct(StringComparer.Ordinal)];
    }

    private static bool IsName(string? text) => text is { Length: > 0 and <= LongestName } && !text.Any(char.IsControl);

    // Names of claims hold dots and even whole URLs, so only a slash in front makes a path of one.
    private JsonValue? Find(string claim)
    {
        if (!claim.StartsWith('/'))
        {
            return fields.Find(claim);
        }

        var steps = claim[1..].Split('/').Select(step => step.Replace("~1", "/", StringComparison.Ordinal).Replace("~0", "~", StringComparison.Ordinal)).ToArray();
        var place = fields.Find(steps[0]);
        foreach (var step in steps[1..])
        {
            place = place?.Fields()?.Find(step);
        }

        return place;
    }
}
