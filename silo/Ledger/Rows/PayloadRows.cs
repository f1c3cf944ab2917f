using Gantral.Abstractions.Evidence;
using Npgsql;
using NpgsqlTypes;

namespace Gantral.Silo.Ledger.Rows;

/// <summary>The private fields of a batch's entries.</summary>
internal sealed class PayloadRows : IRows
{
    private const string Insert =
        """
        INSERT INTO payload (log_id, position, name, salt, value)
        SELECT $1, position, name, salt, value
        FROM unnest($2, $3, $4, $5) AS fields (position, name, salt, value)
        """;

    private readonly List<long> _positions = [];
    private readonly List<string> _names = [];
    private readonly List<ReadOnlyMemory<byte>> _salts = [];
    private readonly List<ReadOnlyMemory<byte>> _values = [];

    public int Count => _positions.Count;

    public void Add(long position, PrivateField field)
    {
        _positions.Add(position);
        _names.Add(field.Name);
        _salts.Add(field.Salt);
        _values.Add(field.Value.Memory);
    }

    public NpgsqlBatchCommand Statement(short logId) => new(Insert)
    {
        Parameters =
        {
            Parameter.Of(logId),
            Parameter.Column(_positions, NpgsqlDbType.Bigint),
            Parameter.Column(_names, NpgsqlDbType.Text),
            Parameter.Column(_salts, NpgsqlDbType.Bytea),
            Parameter.Column(_values, NpgsqlDbType.Bytea),
        },
    };
}
