using System.Collections.Immutable;
using Gantral.Abstractions.Authority;
using Gantral.Abstractions.Evidence;
using Gantral.Abstractions.Vocabulary;

namespace Gantral.Silo.Gateway.Requests;

/// <content>Values that are made of several: times, people, money, references.</content>
internal sealed partial class BodyFields
{
    public const int MostReferences = 100;
    public const int MostTexts = 100;
    public const int LongestReference = 2000;
    private const string HashPrefix = "sha256:";

    /// <summary>A time in UTC.</summary>
    public Instant Time(string field)
    {
        if (QueryFields.TryReadTime(Text(field, QueryFields.ATime), out var at))
        {
            return at;
        }

        Wrong(field, QueryFields.ATime);
        return default;
    }

    /// <summary>A time in UTC, if it is there.</summary>
    public Instant? OptionalTime(string field) => Has(field) ? Time(field) : null;

    /// <summary>An id, if it is there.</summary>
    public Guid? OptionalId(string field) => Has(field) ? Id(field) : null;

    /// <summary>One of the words that an enumeration has, if it is there.</summary>
    public T? OptionalWord<T>(string field) where T : struct, Enum => Has(field) ? Word<T>(field) : null;

    /// <summary>A list of names, if it is there.</summary>
    public ImmutableArray<string>? OptionalNames(string field)
    {
        if (Take(field) is not { } value)
        {
            return null;
        }

        if (value.Texts() is { } names && names.Length <= MostTexts && names.All(PlainName.Is))
        {
            return names;
        }

        Wrong(field, $"a list of at most {MostTexts} names");
        return [];
    }

    /// <summary>A person: an id, and the issuer that vouches for it, which is the caller's own unless another is named.</summary>
    public Person Person(string field, string issuer)
    {
        var person = Object(field, "an object with the person's id, and the issuer if it is not your own");
        var read = new Person(person?.Name("id") ?? "", person?.OptionalName("issuer") ?? issuer);
        Adopt(Pointer(field), person);
        return read;
    }

    /// <summary>An amount of money in two fields of this very object.</summary>
    public Cost Cost()
    {
        var cost = new Cost(Text("currency", "three upper-case letters such as USD"), Text("amount", "a decimal number as a text, such as \"0.12\""));
        if (Abstractions.Evidence.Cost.CurrencyFault(cost.Currency) is { } currency)
        {
            Fail("currency", currency);
        }

        if (Abstractions.Evidence.Cost.AmountFault(cost.Amount) is { } amount)
        {
            Fail("amount", amount);
        }

        return cost;
    }

    /// <summary>References to what is held elsewhere, each with its hash. What they refer to has no place here.</summary>
    public CanonicalBytes References(string field)
    {
        const string Expected = "a list of references, each with a ref and the hash of what it refers to";
        if (Take(field) is not { } value)
        {
            Missing(field, Expected);
            return default;
        }

        if (value.Elements() is not { } elements || elements.Length is 0 or > MostReferences)
        {
            Wrong(field, $"{Expected}; 1 to {MostReferences} of them");
            return default;
        }

        foreach (var (place, element) in elements.Index())
        {
            var reference = new BodyFields(element.Canonical());
            reference.CheckReference();
            Adopt($"{Pointer(field)}/{place}", reference);
        }

        return value.Canonical();
    }

    private void CheckReference()
    {
        var (reference, hash) = (Text("ref", "where the evidence is held"), Text("hash", "the hash of what it refers to"));
        if (reference.Length is 0 or > LongestReference || reference.Any(letter => letter <= ' ' || char.IsControl(letter)))
        {
            Wrong("ref", $"a reference of 1 to {LongestReference} characters without white space");
        }

        // An address that holds what it addresses is the content, and not a reference to it.
        if (reference.StartsWith("data:", StringComparison.OrdinalIgnoreCase))
        {
            Fail("ref", "must say where the evidence is held; what it holds stays there");
        }

        if (!hash.StartsWith(HashPrefix, StringComparison.Ordinal) || !Digest.TryParse(System.Text.Encoding.UTF8.GetBytes(hash[HashPrefix.Length..]), out _))
        {
            Wrong("hash", $"{HashPrefix} and 64 lower-case hexadecimal digits");
        }
    }

    private BodyFields? Object(string field, string expected)
    {
        if (OptionalObject(field) is { } value)
        {
            return new BodyFields(value);
        }

        Missing(field, expected);
        return null;
    }

    // The first fault within is one of this body, at a longer path.
    private void Adopt(string pointer, BodyFields? inner)
    {
        if (inner?.End() is { } refusal)
        {
            _fault ??= refusal.Message.StartsWith('/') ? $"{pointer}{refusal.Message}" : $"{pointer} must be an object.";
        }
    }

    // One that is null is taken, so that nobody takes it for unknown.
    private bool Has(string field) => _fields?.Has(field) == true || Take(field) is not null;
}
