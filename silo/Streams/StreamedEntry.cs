using Gantral.Abstractions.Authority;
using Gantral.Abstractions.Evidence;
using Gantral.Silo.Gateway.Streams;
using Gantral.Silo.Ledger;

namespace Gantral.Silo.Streams;

/// <summary>An entry on its way to everybody who follows: one object for all of them, written as JSON once.</summary>
/// <param name="logId">Its log.</param>
/// <param name="placed">The entry.</param>
internal sealed class StreamedEntry(int logId, PlacedEntry placed)
{
    private byte[]? _brief;
    private byte[]? _whole;

    public int LogId => logId;

    public PlacedEntry Placed => placed;

    public Entry Entry => placed.Sealed.Entry;

    /// <summary>The team that it belongs to; none of what belongs to the house, as the keys of a log do.</summary>
    public string? Team => Entry.Binding?.OwningTeamId ?? Entry.OwningTeamId;

    public string? WorkflowId => Entry.Binding?.WorkflowId;

    public EventType Type => Entry.Type;

    /// <summary>The instance that it is about.</summary>
    public Guid? InstanceId => Entry.Subject.Type == SubjectType.Instance ? Guid.ParseExact(Entry.Subject.Id, "D") : null;

    /// <summary>What keeping it costs, in bytes.</summary>
    public int Weight { get; } = placed.Sealed.Bytes.Span.Length + placed.Sealed.Payload.Sum(field => field.Value.Span.Length);

    /// <summary>The text of the place after it, for those who follow live.</summary>
    public byte[]? Place { get; set; }

    /// <summary>Its JSON. Two who ask at the same moment may both write it; what they write is the same.</summary>
    /// <param name="whole">As auditors read it, or only what every token of the team may see.</param>
    public byte[] Json(bool whole) => whole ? _whole ??= EntryBody.Whole(this) : _brief ??= EntryBody.Brief(this);
}
