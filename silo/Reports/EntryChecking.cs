using System.Collections.Immutable;
using Gantral.Abstractions.Authority;
using Gantral.Abstractions.Evidence;
using Gantral.Evidence.Entries;
using Gantral.Evidence.Log;
using Gantral.Silo.Ledger;

namespace Gantral.Silo.Reports;

/// <summary>Looks whether the entries of lives hold together.</summary>
internal sealed class EntryChecking
{
    private const int MostFaults = 100;

    private readonly ImmutableArray<EntryCheckFault>.Builder _faults = ImmutableArray.CreateBuilder<EntryCheckFault>();
    private long _entries;
    private bool _isConsistent = true;

    /// <summary>Looks at the whole life of an instance.</summary>
    public void Take(IReadOnlyList<PlacedEntry> life)
    {
        Entry? before = null;
        var head = Digest.Zero;
        foreach (var placed in life)
        {
            var entry = placed.Sealed.Entry;
            _entries++;
            if (Fault(before, head, placed) is { } fault)
            {
                _isConsistent = false;
                if (_faults.Count < MostFaults)
                {
                    _faults.Add(new EntryCheckFault(entry.Subject.Id, entry.Sequence, fault));
                }
            }

            (before, head) = (entry, TreeHash.Leaf(placed.Sealed.Bytes.Span));
        }
    }

    /// <summary>What was found.</summary>
    public EntryCheck Found() => new(_entries, _isConsistent, _faults.ToImmutable());

    private static string? Fault(Entry? before, Digest head, PlacedEntry placed)
    {
        var entry = placed.Sealed.Entry;
        return entry.Sequence != (before?.Sequence ?? 0) + 1 ? "an entry before it is missing"
            : entry.PrevHash != head ? "it does not follow the entry before it"
            : entry.At < before?.At ? "it is earlier than the entry before it"
            : entry.FromState != before?.State ? "it begins in another state than the entry before it left"
            : entry is { FromState: { } from, State: { } to } && !(StateMachine.Entered(entry.Type) is null ? from == to && StateMachine.Allows(from, entry.Type) : StateMachine.Entered(entry.Type) == to && StateMachine.Allows(from, to)) ? "the state machine has no such edge"
            : PayloadFault(placed);
    }

    // Content that was never handed on cannot be looked at; what was erased left its hash.
    private static string? PayloadFault(PlacedEntry placed)
    {
        var (payload, erased) = (placed.Sealed.Payload, placed.Erased);
        var hashes = payload.Select(field => KeyValuePair.Create(field.Name, field.Hash())).Concat(erased).OrderBy(field => field.Key, StringComparer.Ordinal);
        return payload.Length + erased.Count > 0 && PayloadHashing.Over(hashes) != placed.Sealed.Entry.PayloadHash ? "its private content is not what it binds" : null;
    }
}
