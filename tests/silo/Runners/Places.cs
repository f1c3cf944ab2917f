using System.Text;
using Gantral.Silo.Tests.Embedded;
using Gantral.Silo.Tests.Ledger;

namespace Gantral.Silo.Tests.Runners;

/// <summary>Looks through a whole database.</summary>
internal static class Places
{
    /// <summary>In how many tables a text is, written as it is or as bytes.</summary>
    public static async Task<int> OfAsync(LedgerDatabase database, string text)
    {
        var tables = (await Query.AskAsync<string>(database.Owner, "SELECT string_agg(quote_ident(schemaname) || '.' || quote_ident(tablename), ' ') FROM pg_tables WHERE schemaname NOT IN ('pg_catalog', 'information_schema')")).Split(' ');
        var places = 0;
        foreach (var table in tables)
        {
            places += await Query.AskAsync<long>(database.Owner, $"SELECT count(*) FROM {table} AS t WHERE t::text LIKE '%{text}%' OR t::text LIKE '%{Convert.ToHexStringLower(Encoding.UTF8.GetBytes(text))}%'") > 0 ? 1 : 0;
        }

        return places;
    }
}
