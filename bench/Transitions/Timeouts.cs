using Gantral.Abstractions.Authority;
using Gantral.Abstractions.Vocabulary;
using Gantral.Bench.Running;
using Gantral.Silo.Ledger;

namespace Gantral.Bench.Transitions;

/// <summary>What the log says of timers that were to fire: each exactly once, never early, and how late.</summary>
internal sealed record Timeouts(double PerSecond, IReadOnlyList<double> LateMilliseconds)
{
    private const int Page = 2_000;

    /// <summary>Reads the log from a position on and holds it against when each instance was to be decided by.</summary>
    public static async Task<Timeouts> ReadAsync(PostgresLedger ledger, long from, IReadOnlyDictionary<Guid, Instant> decideBy)
    {
        var fired = new Dictionary<Guid, Instant>();
        for (; await ledger.Entries.OfLogAsync(1, from, Page) is { IsEmpty: false } page; from += page.Length)
        {
            foreach (var entry in page.Select(placed => placed.Sealed.Entry).Where(entry => entry.Type == EventType.Timeout))
            {
                var id = Guid.ParseExact(entry.Subject.Id, "D");
                if (!decideBy.TryGetValue(id, out var due) || entry.At < due || !fired.TryAdd(id, entry.At))
                {
                    throw new WrongAnswerException($"a timer of instance {id} fired that was not due, or twice");
                }
            }
        }

        return fired.Count == decideBy.Count
            ? new Timeouts(fired.Count / fired.Values.Max().Since(decideBy.Values.Min()).TotalSeconds, [.. fired.Select(one => one.Value.Since(decideBy[one.Key]).TotalMilliseconds)])
            : throw new WrongAnswerException($"{decideBy.Count - fired.Count:N0} of {decideBy.Count:N0} timers have not fired");
    }
}
