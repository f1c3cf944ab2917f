using Gantral.Abstractions.Authority;
using Gantral.Silo.Ledger;
using Gantral.Silo.Tests.Ledger;

namespace Gantral.Silo.Tests.Streams;

/// <summary>Lives of a team that is followed, and where their entries are.</summary>
internal static class Writers
{
    public const int EntriesPerLife = 7;

    /// <summary>A team, and a workflow of the same name.</summary>
    public static async Task<Binding> BindAsync(PostgresLedger ledger, string team) => await Sample.BindAsync(ledger, team, team);

    /// <summary>So many lives at once, in each of these logs.</summary>
    public static Task LiveAsync(PostgresLedger ledger, Binding binding, int lives, params int[] logs) =>
        Task.WhenAll(logs.SelectMany(log => Enumerable.Range(0, lives).Select(_ => new Sample(ledger, LedgerDatabase.NewId(log)).LiveAsync(binding))));

    /// <summary>Where the entries of a team's instances are, in the order of each log.</summary>
    public static async Task<List<(int Log, long Position)>> PlacesAsync(PostgresLedger ledger, string team)
    {
        var places = new List<(int, long)>();
        foreach (var (log, size) in await ledger.Signal.LookAsync())
        {
            var page = await ledger.Entries.OfLogAsync(log, 0, (int)size);
            places.AddRange(page.Where(placed => placed.Sealed.Entry.Binding?.OwningTeamId == team && placed.Sealed.Entry.Type != EventType.WorkflowRegistered).Select(placed => (log, placed.Position)));
        }

        return places;
    }

    /// <summary>What was told is what there is: each entry once, and those of a log in their order.</summary>
    public static void MustBe(IEnumerable<(int Log, long Position)> expected, IReadOnlyList<ToldEvent> told)
    {
        var places = told.Select(one => one.Place).ToList();
        Assert.Equal(expected, places.OrderBy(place => place.Log));
        Assert.Equal(places.Count, told.Select(one => one.Id).Distinct().Count());
    }
}
