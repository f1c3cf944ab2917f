using Npgsql;

namespace Gantral.Silo.Ledger.Rows;

/// <summary>The rows that one batch adds to one table, column by column.</summary>
internal interface IRows
{
    /// <summary>How many there are.</summary>
    int Count { get; }

    /// <summary>The one statement that writes them.</summary>
    NpgsqlBatchCommand Statement(short logId);
}
