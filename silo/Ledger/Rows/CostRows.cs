using System.Globalization;
using Gantral.Abstractions.Evidence;
using Npgsql;
using NpgsqlTypes;

namespace Gantral.Silo.Ledger.Rows;

/// <summary>What was recorded as spent.</summary>
internal sealed class CostRows : IRows
{
    private const string Insert =
        """
        INSERT INTO cost (log_id, instance_id, sequence, at, owning_team_id, workflow_id, currency, amount)
        SELECT $1, costs.*
        FROM unnest($2, $3, $4, $5, $6, $7, $8) AS costs
        """;

    private readonly List<Guid> _instances = [];
    private readonly List<long> _sequences = [];
    private readonly List<DateTime> _at = [];
    private readonly List<string> _teams = [];
    private readonly List<string> _workflows = [];
    private readonly List<string> _currencies = [];
    private readonly List<decimal> _amounts = [];

    public int Count => _instances.Count;

    public void Add(Entry recorded)
    {
        var (binding, cost) = (recorded.Binding!, recorded.Cost!);
        _instances.Add(SubjectKey.Of(recorded.Subject));
        _sequences.Add(recorded.Sequence);
        _at.Add(recorded.At.ToDateTimeOffset().UtcDateTime);
        _teams.Add(binding.OwningTeamId);
        _workflows.Add(binding.WorkflowId);
        _currencies.Add(cost.Currency);

        // A decimal holds every amount that an entry can have: 28 digits, exactly.
        _amounts.Add(decimal.Parse(cost.Amount, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture));
    }

    public NpgsqlBatchCommand Statement(short logId) => new(Insert)
    {
        Parameters =
        {
            Parameter.Of(logId),
            Parameter.Column(_instances, NpgsqlDbType.Uuid),
            Parameter.Column(_sequences, NpgsqlDbType.Bigint),
            Parameter.Column(_at, NpgsqlDbType.TimestampTz),
            Parameter.Column(_teams, NpgsqlDbType.Text),
            Parameter.Column(_workflows, NpgsqlDbType.Text),
            Parameter.Column(_currencies, NpgsqlDbType.Text),
            Parameter.Column(_amounts, NpgsqlDbType.Numeric),
        },
    };
}
