using Gantral.Silo.Ledger;

namespace Gantral.Silo.Reports;

/// <summary>The entries of a scope in order, read in pages that are each a short transaction of their own.</summary>
internal static class LogPages
{
    private const int PageEntries = 1_000;

    public static async IAsyncEnumerable<PlacedEntry> ReadAsync(EntryReads entries, ReportScope scope)
    {
        for (var from = scope.From; ;)
        {
            var most = (int)Math.Min(PageEntries, (scope.To ?? long.MaxValue) - from);
            var page = most > 0 ? await entries.OfLogAsync(scope.LogId, from, most) : [];
            foreach (var entry in page)
            {
                yield return entry;
            }

            if (page.Length < PageEntries)
            {
                yield break;
            }

            from = page[^1].Position + 1;
        }
    }
}
