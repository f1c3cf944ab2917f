using Npgsql;
using NpgsqlTypes;

namespace Gantral.Silo.Ledger.Rows;

/// <summary>Typed parameters, in the order in which a statement counts them.</summary>
internal static class Parameter
{
    /// <summary>One value.</summary>
    public static NpgsqlParameter<T> Of<T>(T value) => new() { TypedValue = value };

    /// <summary>A column of values.</summary>
    public static NpgsqlParameter<List<T>> Column<T>(List<T> values, NpgsqlDbType element) => new() { TypedValue = values, NpgsqlDbType = NpgsqlDbType.Array | element };
}
