using Gantral.Client;

namespace Gantral.Cli.Instances;

/// <summary>What happened to an instance.</summary>
internal static class History
{
    private const int PageSize = 200;

    /// <summary>All of its entries; null for a token that may not read them.</summary>
    public static async Task<List<HistoryEntry>?> ReadAsync(GantralClient client, Guid id, CancellationToken interrupted)
    {
        try
        {
            var (entries, cursor) = (new List<HistoryEntry>(), (string?)null);
            do
            {
                var page = await client.Instances.HistoryAsync(id, PageSize, cursor, interrupted).ConfigureAwait(false);
                entries.AddRange(page.Entries);
                cursor = page.NextCursor;
            }
            while (cursor is not null);
            return entries;
        }
        catch (GantralException refused) when (refused.Code == ProblemCode.Forbidden)
        {
            return null;
        }
    }
}
