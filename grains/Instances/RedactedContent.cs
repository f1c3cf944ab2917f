using System.Collections.Immutable;
using Gantral.Abstractions.Evidence;
using Gantral.Evidence.Entries;
using Gantral.Evidence.Json;

namespace Gantral.Grains.Instances;

/// <summary>What somebody wants erased, looked at before it is: whether it is there, where else it stands, and whether the reason repeats it.</summary>
internal sealed class RedactedContent
{
    // Shorter ones stand in any sentence by chance.
    private const int ShortestRepeated = 4;

    private readonly ImmutableArray<PrivateField> _there;
    private readonly ImmutableArray<string> _missing;

    /// <summary>Looks at the content.</summary>
    /// <param name="entries">All entries of the instance.</param>
    /// <param name="redaction">What is to be erased.</param>
    public RedactedContent(ImmutableArray<SealedEntry> entries, Redaction redaction)
    {
        Redaction = redaction with { Fields = [.. redaction.Fields.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)] };
        _there = [.. entries.Where(entry => entry.Entry.Sequence == redaction.Sequence).SelectMany(entry => entry.Payload).Where(field => redaction.Fields.Contains(field.Name))];
        _missing = [.. Redaction.Fields.Except(_there.Select(field => field.Name))];
        var contexts = _there.Where(IsContext).Select(field => field.Value).ToHashSet();
        Copies =
        [
            .. entries.Where(entry => entry.Entry.Sequence != redaction.Sequence)
                .Select(entry => new Redaction(entry.Entry.Sequence, [.. entry.Payload.Where(field => IsContext(field) && contexts.Contains(field.Value)).Select(field => field.Name).Order(StringComparer.Ordinal)]))
                .Where(copy => !copy.Fields.IsEmpty),
        ];
    }

    /// <summary>What is to be erased, each field once and in order.</summary>
    public Redaction Redaction { get; }

    /// <summary>Where a context stands a second time: what an instance was created with is what people are shown at its start, and what is shown once may be shown again.</summary>
    public ImmutableArray<Redaction> Copies { get; }

    /// <summary>What speaks against it, or nothing.</summary>
    public string? Fault(string justification) =>
        !_missing.IsEmpty ? $"Entry {Redaction.Sequence} holds no {string.Join(" and no ", _missing)}; name what its history still shows."
        : _there.Any(field => Repeats(justification, field.Value)) ? "The justification repeats what is to be erased, and it stays; say why without it."
        : null;

    private static bool IsContext(PrivateField field) => field.Name is PrivateFieldNames.TriggerContext or PrivateFieldNames.ContextSnapshot;

    private static bool Repeats(string justification, CanonicalBytes value)
    {
        var json = new CanonicalReader(value.Span);
        while (json.Read())
        {
            var text = json.Token switch
            {
                JsonToken.String => json.GetString(),
                JsonToken.Number => System.Text.Encoding.UTF8.GetString(json.Raw),
                _ => "",
            };
            if (text.Length >= ShortestRepeated && justification.Contains(text, StringComparison.OrdinalIgnoreCase))
            {
                return true;
            }
        }

        return false;
    }
}
