using Npgsql;

namespace Gantral.Silo.Tests.Ledger;

/// <summary>A copy of every table of a database, and the way back to it.</summary>
internal static class Backup
{
    private const string Take =
        """
        DO $$
        DECLARE one record;
        BEGIN
            DROP SCHEMA IF EXISTS backup CASCADE;
            CREATE SCHEMA backup;
            FOR one IN SELECT tablename FROM pg_tables WHERE schemaname = 'public' LOOP
                EXECUTE format('CREATE TABLE backup.%I AS TABLE public.%I', one.tablename, one.tablename);
            END LOOP;
        END $$
        """;

    private const string Restore =
        """
        DO $$
        DECLARE one record;
        BEGIN
            EXECUTE (SELECT 'TRUNCATE ' || string_agg(format('public.%I', tablename), ', ') FROM pg_tables WHERE schemaname = 'public');
            FOR one IN
                SELECT table_name, string_agg(quote_ident(column_name), ', ') AS columns
                FROM information_schema.columns
                WHERE table_schema = 'public' AND is_generated = 'NEVER' AND table_name IN (SELECT tablename FROM pg_tables WHERE schemaname = 'backup')
                GROUP BY table_name
            LOOP
                EXECUTE format('INSERT INTO public.%I (%s) SELECT %s FROM backup.%I', one.table_name, one.columns, one.columns, one.table_name);
            END LOOP;
        END $$
        """;

    public static Task TakeAsync(LedgerDatabase database) => ExecuteAsync(database, Take);

    public static Task RestoreAsync(LedgerDatabase database) => ExecuteAsync(database, Restore);

    private static async Task ExecuteAsync(LedgerDatabase database, string statement)
    {
        await using var source = NpgsqlDataSource.Create(database.Owner);
        await using var command = source.CreateCommand(statement);
        await command.ExecuteNonQueryAsync();
    }
}
