using System.Collections.Immutable;
using Gantral.Abstractions.Authority;
using Gantral.Abstractions.Vocabulary;
using Gantral.Silo.Hosting;
using Gantral.Silo.Ledger;

namespace Gantral.Silo.Reports;

/// <summary>
/// The lives of a report's instances, one after the other in the order of their creation, read in pages that are each a
/// short transaction of their own.
/// </summary>
/// <param name="source">Where they are found and read.</param>
/// <param name="scope">Which ones.</param>
/// <param name="mode">Only those that policy stops, or only those where it observes.</param>
internal sealed class ReportReading(ReportSource source, ReportScope scope, Mode? mode = null)
{
    private const int PageInstances = 100;

    private readonly long _started = source.Time.GetTimestamp();
    private long _instances;
    private Instant? _last;
    private bool _isComplete = true;

    /// <summary>What was looked at so far.</summary>
    public ReportCoverage Coverage => new(
        scope.OwningTeamId, scope.WorkflowId, scope.Since.ToString(), (_isComplete ? scope.Until : Next).ToString(), _instances, _isComplete);

    // The first millisecond that was not looked at.
    private Instant Next => _last?.Plus(TimeSpan.FromMilliseconds(1)) ?? scope.Since;

    /// <summary>The entries of each instance, with what is left of their payload.</summary>
    public async IAsyncEnumerable<ImmutableArray<PlacedEntry>> LivesAsync()
    {
        for (var after = InstanceIds.Before(scope.Since); ;)
        {
            var page = await source.InstancesAsync(scope, mode, after, PageInstances);
            var lives = await source.LivesAsync(page);
            foreach (var (instanceId, life) in page.Zip(lives))
            {
                // Instances of one millisecond stay together, so that the next report begins right behind them.
                var created = InstanceIds.CreatedAt(instanceId);
                if (IsOver && created > _last)
                {
                    _isComplete = false;
                    yield break;
                }

                (_last, after) = (created, instanceId);
                _instances++;
                yield return life;
            }

            if (page.Length < PageInstances)
            {
                yield break;
            }
        }
    }

    private bool IsOver => _instances >= scope.MostInstances || source.Time.GetElapsedTime(_started) >= scope.Patience;
}
