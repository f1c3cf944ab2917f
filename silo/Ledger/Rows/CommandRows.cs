using Gantral.Abstractions.Evidence;
using Gantral.Abstractions.Vocabulary;
using Npgsql;
using NpgsqlTypes;

namespace Gantral.Silo.Ledger.Rows;

/// <summary>The idempotency keys that a batch uses up.</summary>
internal sealed class CommandRows(Instant now) : IRows
{
    private const string Insert =
        """
        INSERT INTO command (log_id, at, command_id, request_hash, subject, subject_name, sequence)
        SELECT $1, $2, command_id, request_hash, subject, subject_name, sequence
        FROM unnest($3, $4, $5, $6, $7) AS commands (command_id, request_hash, subject, subject_name, sequence)
        """;

    private readonly List<byte[]> _commandIds = [];
    private readonly List<byte[]> _requestHashes = [];
    private readonly List<Guid> _subjects = [];
    private readonly List<string?> _subjectNames = [];
    private readonly List<long> _sequences = [];

    public int Count => _commandIds.Count;

    public void Add(Digest commandId, Digest requestHash, Subject subject, long sequence)
    {
        _commandIds.Add(commandId.ToArray());
        _requestHashes.Add(requestHash.ToArray());
        _subjects.Add(SubjectKey.Of(subject));
        _subjectNames.Add(SubjectKey.NameOf(subject));
        _sequences.Add(sequence);
    }

    public NpgsqlBatchCommand Statement(short logId) => new(Insert)
    {
        Parameters =
        {
            Parameter.Of(logId),
            Parameter.Of(now.ToDateTimeOffset().UtcDateTime),
            Parameter.Column(_commandIds, NpgsqlDbType.Bytea),
            Parameter.Column(_requestHashes, NpgsqlDbType.Bytea),
            Parameter.Column(_subjects, NpgsqlDbType.Uuid),
            Parameter.Column(_subjectNames, NpgsqlDbType.Text),
            Parameter.Column(_sequences, NpgsqlDbType.Bigint),
        },
    };
}
