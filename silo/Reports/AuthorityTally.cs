using System.Collections.Immutable;
using System.Text.Json;
using Gantral.Abstractions.Authority;
using Gantral.Abstractions.Evidence;
using Gantral.Abstractions.Vocabulary;
using Gantral.Silo.Ledger;

namespace Gantral.Silo.Reports;

/// <summary>Counts what lives say about authority. It knows nothing but entries, wherever they come from.</summary>
public sealed class AuthorityTally
{
    private const int MostOverrides = 1_000;

    private readonly Dictionary<(string State, string? Reason), long> _executions = [];
    private readonly Dictionary<(Person Person, string Role, DecisionType Type), (long Count, long Delegated)> _decisions = [];
    private readonly List<long> _times = [];
    private readonly ImmutableArray<OverrideMade>.Builder _overrides = ImmutableArray.CreateBuilder<OverrideMade>();
    private readonly EntryChecking _checking = new();
    private long _asked, _decided, _undecided, _open, _timeouts, _escalations, _overridden;

    /// <summary>Counts the whole life of an instance, in order.</summary>
    public void Take(IReadOnlyList<PlacedEntry> life)
    {
        if (life.Count == 0)
        {
            return;
        }

        _checking.Take(life);
        Entry? gate = null;
        foreach (var placed in life)
        {
            var entry = placed.Sealed.Entry;
            switch (entry.Type)
            {
                case EventType.WaitingForHuman:
                    (gate, _asked) = (entry, _asked + 1);
                    break;
                case EventType.Timeout:
                    _timeouts++;
                    break;
                case EventType.Escalated:
                    _escalations++;
                    break;
                case EventType.DecisionRecorded:
                    Count(entry);
                    break;
                case EventType.Approved or EventType.Rejected or EventType.Overridden when gate is not null:
                    Count(entry);
                    Note(placed, gate);
                    _times.Add((long)entry.At.Since(gate.At).TotalMilliseconds);
                    (gate, _decided) = (null, _decided + 1);
                    break;
                case EventType.Terminated when gate is not null:
                    (gate, _undecided) = (null, _undecided + 1);
                    break;
            }
        }

        _open += gate is null ? 0 : 1;
        var last = life.Last(placed => placed.Sealed.Entry.State is not null).Sealed.Entry;
        var reason = life.Select(placed => placed.Sealed.Entry).LastOrDefault(entry => entry.Type == EventType.Terminated)?.Reason;
        var place = (WireName.Of(last.State!.Value), reason is { } why ? WireName.Of(why) : null);
        _executions[place] = _executions.GetValueOrDefault(place) + 1;
    }

    /// <summary>What was counted.</summary>
    public AuthorityReport Report(ReportCoverage coverage) => new(
        coverage,
        [.. _executions.OrderBy(place => place.Key.State, StringComparer.Ordinal).ThenBy(place => place.Key.Reason, StringComparer.Ordinal).Select(place => new ExecutionCount(place.Key.State, place.Key.Reason, place.Value))],
        new GateCount(_asked, _decided, _undecided, _open, _timeouts, _escalations),
        [
            .. _decisions.Select(one => new DecisionCount(one.Key.Person.Id, one.Key.Person.Issuer, one.Key.Role, WireName.Of(one.Key.Type), one.Value.Count, one.Value.Delegated))
                .OrderBy(one => one.HumanActorId, StringComparer.Ordinal).ThenBy(one => one.Issuer, StringComparer.Ordinal)
                .ThenBy(one => one.Role, StringComparer.Ordinal).ThenBy(one => one.DecisionType, StringComparer.Ordinal),
        ],
        DecisionTimes.Of(_times),
        _overridden,
        _overrides.ToImmutable(),
        _checking.Found());

    private void Count(Entry entry)
    {
        var decision = entry.Decision!;
        var kind = (entry.Actor.Person, entry.Actor.Role ?? "", decision.DecisionType);
        var (count, delegated) = _decisions.GetValueOrDefault(kind);
        _decisions[kind] = (count + 1, delegated + (decision.Delegation is null ? 0 : 1));
    }

    private void Note(PlacedEntry placed, Entry gate)
    {
        var entry = placed.Sealed.Entry;
        if (entry.Type != EventType.Overridden)
        {
            return;
        }

        _overridden++;
        if (_overrides.Count < MostOverrides)
        {
            var delta = placed.Sealed.Payload.FirstOrDefault(field => field.Name == PrivateFieldNames.ContextDelta);
            _overrides.Add(new OverrideMade(
                entry.Subject.Id, entry.Sequence, entry.At.ToString(), gate.Authority?.Step, entry.Actor.Id, entry.Actor.Role ?? "",
                entry.Decision!.ContextDeltaHash?.ToString() ?? "", delta is null ? null : JsonSerializer.Deserialize<JsonElement>(delta.Value.Span)));
        }
    }
}
