using System.Collections.Immutable;
using Gantral.Abstractions.Vocabulary;
using Gantral.Silo.Ledger;
using Npgsql;
using NpgsqlTypes;

namespace Gantral.Silo.Projections;

/// <summary>Asks the projections, each time in a short statement of its own.</summary>
internal sealed class Listing(NpgsqlDataSource source)
{
    /// <summary>The rows that answer a question.</summary>
    public async ValueTask<ImmutableArray<T>> ReadAsync<T>(string question, Func<NpgsqlDataReader, T> read, params NpgsqlParameter[] parameters) =>
        await StorageFault.AsUnavailableAsync(async () =>
        {
            await using var command = source.CreateCommand(question);
            command.Parameters.AddRange(parameters);
            await using var rows = await command.ExecuteReaderAsync();
            var found = ImmutableArray.CreateBuilder<T>();
            while (await rows.ReadAsync())
            {
                found.Add(read(rows));
            }

            return found.ToImmutable();
        });

    /// <summary>A parameter that may be null.</summary>
    public static NpgsqlParameter Optional(object? value, NpgsqlDbType type) => new() { Value = value ?? DBNull.Value, NpgsqlDbType = type };

    /// <summary>A time that may be null.</summary>
    public static NpgsqlParameter Optional(Instant? at) => Optional(at?.ToDateTimeOffset().UtcDateTime, NpgsqlDbType.TimestampTz);
}
