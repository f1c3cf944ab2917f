using System.Collections.Immutable;
using Gantral.Abstractions.Authority;
using Gantral.Abstractions.Evidence;
using Gantral.Abstractions.Policy;
using Gantral.Abstractions.Vocabulary;

namespace Gantral.Silo.Reports;

/// <summary>What observe-only mode has seen: where policy would have stopped or ended instances, and how much people would have had to decide.</summary>
/// <param name="Coverage">What was looked at.</param>
/// <param name="Observed">How many boundaries would not have let an instance pass.</param>
/// <param name="Gates">Where and why, the most frequent first.</param>
/// <param name="Load">Who would have had to decide how much, by role.</param>
public sealed record ShadowReport(ReportCoverage Coverage, long Observed, ImmutableArray<ShadowGate> Gates, ImmutableArray<ShadowLoad> Load)
{
    private static readonly string?[] Nobody = [null];

    /// <summary>Makes the report of what is recorded.</summary>
    public static async Task<ShadowReport> ReadAsync(ReportSource source, ReportScope scope)
    {
        var reading = new ReportReading(source, scope, Mode.Observe);
        var observed = 0L;
        var gates = new Dictionary<ShadowGate, long>();
        var loads = new Dictionary<string, LoadCount>(StringComparer.Ordinal);
        await foreach (var life in reading.LivesAsync())
        {
            foreach (var entry in life.Select(placed => placed.Sealed.Entry))
            {
                if (entry is not { Type: EventType.Observed, Advice: { } advice })
                {
                    continue;
                }

                observed++;
                var asks = advice.Decision == PolicyDecision.RequireHuman && !advice.EligibleApproverRoles.IsEmpty;
                IEnumerable<string?> roles = asks ? advice.EligibleApproverRoles : Nobody;
                foreach (var role in roles)
                {
                    var gate = new ShadowGate(entry.Binding!.WorkflowId, entry.Binding.WorkflowVersion, advice.Step, role, entry.Reason is { } reason ? WireName.Of(reason) : "REQUIRE_HUMAN", 0);
                    gates[gate] = gates.GetValueOrDefault(gate) + 1;
                    if (role is not null)
                    {
                        loads.TryAdd(role, new LoadCount());
                        loads[role].Take(entry.At, advice);
                    }
                }
            }
        }

        return new ShadowReport(
            reading.Coverage,
            observed,
            [.. gates.Select(gate => gate.Key with { Count = gate.Value }).OrderByDescending(gate => gate.Count).ThenBy(gate => gate.ToString(), StringComparer.Ordinal)],
            [.. loads.OrderBy(load => load.Key, StringComparer.Ordinal).Select(load => load.Value.Of(load.Key))]);
    }

    private sealed class LoadCount
    {
        private readonly Dictionary<DateOnly, long> _days = [];
        private long _gates;
        private long _approvals;
        private TimeSpan _longest;

        public void Take(Instant at, Advice advice)
        {
            _gates++;
            _approvals += advice.ApprovalsRequired ?? 1;
            _longest += advice.Timeout ?? TimeSpan.Zero;
            var day = DateOnly.FromDateTime(at.ToDateTimeOffset().UtcDateTime);
            _days[day] = _days.GetValueOrDefault(day) + 1;
        }

        public ShadowLoad Of(string role) => new(role, _gates, _approvals, _days.Values.Max(), (long)_longest.TotalSeconds);
    }
}
