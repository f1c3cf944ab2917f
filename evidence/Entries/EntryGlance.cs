using Gantral.Abstractions.Vocabulary;
using Gantral.Evidence.Json;

namespace Gantral.Evidence.Entries;

/// <summary>The least that must be known of an instance's entry to put it aside: whose it is, and when. It is read in full later.</summary>
internal readonly ref struct EntryGlance
{
    public required ReadOnlySpan<byte> InstanceId { get; init; }

    public required Instant At { get; init; }

    /// <summary>Glances at an entry; false for whatever is not clearly an instance's, which is then read in full at once.</summary>
    public static bool TryRead(ReadOnlySpan<byte> canonical, out EntryGlance glance)
    {
        glance = default;
        var json = new CanonicalReader(canonical);
        Instant at = default;
        if (!json.Read() || json.Token != JsonToken.BeginObject)
        {
            return false;
        }

        while (json.Read() && json.Token == JsonToken.Name)
        {
            if (json.ValueEquals("at"u8))
            {
                if (!json.Read() || json.Token != JsonToken.String || !Instant.TryParse(json.Raw, out at))
                {
                    return false;
                }
            }
            else if (json.ValueEquals("instance_id"u8))
            {
                if (!json.Read() || json.Token != JsonToken.String)
                {
                    return false;
                }

                // Names ascend, so the time is known by now, and nothing more is needed.
                glance = new EntryGlance { InstanceId = json.Raw, At = at };
                return at != default;
            }
            else if (!json.TrySkip(out _))
            {
                return false;
            }
        }

        return false;
    }
}
