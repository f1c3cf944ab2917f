using System.Collections.Immutable;
using System.Globalization;
using Gantral.Abstractions.Evidence;
using Gantral.Evidence.Json;
using Gantral.Silo.Json;

namespace Gantral.Silo.Gateway.Hooks;

/// <summary>Takes the declared values out of a message, one by one. Whatever else is in it is let go.</summary>
internal static class PickedContext
{
    /// <summary>An object of the values that are there, or what is wrong.</summary>
    /// <param name="message">The message.</param>
    /// <param name="pointers">Where each value stands, by the name it is to have.</param>
    /// <param name="fault">What is wrong; nothing if all is well.</param>
    public static CanonicalBytes Pick(CanonicalBytes message, ImmutableSortedDictionary<string, string> pointers, out string? fault)
    {
        fault = null;
        var picked = new List<KeyValuePair<string, JsonValue>>();
        foreach (var (name, pointer) in pointers)
        {
            if (Find(new JsonValue(message.Memory), pointer) is not { } value)
            {
                continue;
            }

            // A part of a message is as good as the whole of it.
            if (value.Utf8.Span[0] is (byte)'{' or (byte)'[')
            {
                fault = $"The message has at {pointer} more than one value, and the workflow takes '{name}' from there; its author should point at a single one.";
            }

            picked.Add(new(name, value));
        }

        var json = new CanonicalWriter();
        json.BeginObject();
        foreach (var (name, value) in picked)
        {
            json.Name(name);
            json.Value(value.Canonical());
        }

        json.EndObject();
        return json.ToCanonicalBytes();
    }

    private static JsonValue? Find(JsonValue value, string pointer)
    {
        JsonValue? found = value;
        foreach (var part in pointer.Split('/').Skip(1).Select(part => part.Replace("~1", "/", StringComparison.Ordinal).Replace("~0", "~", StringComparison.Ordinal)))
        {
            found = found switch
            {
                { IsObject: true } inner => inner.Fields()!.Find(part),
                { } inner when inner.Elements() is { } elements && int.TryParse(part, NumberStyles.None, CultureInfo.InvariantCulture, out var place) && place < elements.Length => elements[place],
                _ => null,
            };
        }

        return found;
    }
}
