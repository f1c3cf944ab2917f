using Gantral.Silo.Tests.Embedded;
using Gantral.Silo.Tests.Ledger;

namespace Gantral.Silo.Tests.Reminders;

/// <summary>A real database whose clock is set by the test.</summary>
internal static class SettableClock
{
    // The functions that tell the time are found in front of the server's own, which they ask.
    public static Task MakeSettableAsync(LedgerDatabase database) => Query.RunAsync(database.Owner, """
        CREATE SCHEMA settable;
        CREATE TABLE settable.clock (ahead interval NOT NULL);
        INSERT INTO settable.clock VALUES ('0');
        CREATE FUNCTION settable.clock_timestamp() RETURNS timestamptz VOLATILE LANGUAGE sql AS 'SELECT pg_catalog.clock_timestamp() + ahead FROM settable.clock';
        CREATE FUNCTION settable.statement_timestamp() RETURNS timestamptz STABLE LANGUAGE sql AS 'SELECT pg_catalog.statement_timestamp() + ahead FROM settable.clock';
        GRANT USAGE ON SCHEMA settable TO gantral_serving;
        GRANT SELECT ON settable.clock TO gantral_serving;
        ALTER DATABASE gantral SET search_path = settable, pg_catalog, public;
        """);

    /// <summary>Sets the clock ahead of the machine's, by an expression of PostgreSQL.</summary>
    public static Task SetAheadAsync(LedgerDatabase database, string interval) => Query.RunAsync(database.Owner, $"UPDATE settable.clock SET ahead = {interval}");
}
