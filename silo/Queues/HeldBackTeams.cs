using Gantral.Silo.Ledger;
using Gantral.Silo.Ledger.Rows;
using Npgsql;

namespace Gantral.Silo.Queues;

/// <summary>
/// Whether operators hold work of a team back. All who ask in the same moment share one look, and it begins after each of
/// them asked: what was said of a queue before is seen.
/// </summary>
internal sealed class HeldBackTeams(NpgsqlDataSource source, TimeProvider time)
{
    // Whoever asks while a look is under way waits for a commit that takes longer than this.
    private static readonly TimeSpan Gathering = TimeSpan.FromMilliseconds(2);

    private const string Find = "SELECT DISTINCT owning_team_id FROM queue WHERE owning_team_id = ANY ($1) AND (state <> 'open' OR most_at_once IS NOT NULL)";

    private readonly Lock _gate = new();
    private HashSet<string>? _gathered;
    private Task<HashSet<string>?> _look = Task.FromResult<HashSet<string>?>(null);

    /// <summary>Whether any of its queues is paused, drained or limited; yes also when that cannot be found out.</summary>
    public async Task<bool> IsHeldBackAsync(string team)
    {
        var found = await Join(team);
        return found is null || found.Contains(team);
    }

    private Task<HashSet<string>?> Join(string team)
    {
        lock (_gate)
        {
            if (_gathered is null)
            {
                var (teams, before) = (_gathered = new(StringComparer.Ordinal), _look);
                _look = Task.Run(() => LookAsync(teams, before));
            }

            _gathered.Add(team);
            return _look;
        }
    }

    private async Task<HashSet<string>?> LookAsync(HashSet<string> teams, Task before)
    {
        if (!before.IsCompleted)
        {
            await before.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            await Task.Delay(Gathering, time);
        }

        lock (_gate)
        {
            _gathered = null;
        }

        return await FindAsync(teams);
    }

    private async Task<HashSet<string>?> FindAsync(HashSet<string> teams)
    {
        try
        {
            await using var command = source.CreateCommand(Find);
            command.Parameters.Add(Parameter.Of(teams.ToArray()));
            await using var rows = await command.ExecuteReaderAsync();
            var found = new HashSet<string>(StringComparer.Ordinal);
            while (await rows.ReadAsync())
            {
                found.Add(rows.GetString(0));
            }

            return found;
        }
        catch (Exception fault) when (StorageFault.Is(fault))
        {
            return null;
        }
    }
}
