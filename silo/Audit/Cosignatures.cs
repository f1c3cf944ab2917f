using System.Collections.Immutable;
using System.Text;
using Gantral.Evidence.Log;
using Gantral.Silo.Ledger;
using Gantral.Silo.Ledger.Rows;
using Npgsql;

namespace Gantral.Silo.Audit;

/// <summary>What witnesses sign beside a log's own key. Nothing is kept that does not verify with the key of a witness that the operator named.</summary>
internal sealed class Cosignatures(NpgsqlDataSource source, ImmutableArray<LogVerifyingKey> witnesses)
{
    private const string Keep = "INSERT INTO cosignature (log_id, size, witness, line) VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING";

    private const string Kept = "SELECT witness FROM cosignature WHERE log_id = $1 AND size = $2 ORDER BY witness";

    /// <summary>Keeps a signature line under a head, and answers whose there are then. One of nobody that is known is let be, as signed notes have it; one that is false is none.</summary>
    public async Task<ImmutableArray<string>?> TakeAsync(int logId, SignedHead head, string line, CancellationToken cancellation)
    {
        byte[] note = [.. head.Checkpoint.Body(), (byte)'\n', .. Encoding.UTF8.GetBytes(line), (byte)'\n'];
        if (!SignedNote.TryParse(note, out var signed, out _) || !signed.Text.SequenceEqual(head.Checkpoint.Body()) || signed.Signatures is not [var signature])
        {
            return null;
        }

        if (witnesses.FirstOrDefault(witness => witness.Name == signature.Name && witness.KeyId == signature.KeyId) is { } key)
        {
            if (!key.Verify(signed.Text, signature))
            {
                return null;
            }

            await KeepAsync(logId, head.Checkpoint.Size, $"{key.Name}+{key.KeyId:x8}", note.AsMemory(signed.Text.Length + 1), cancellation);
        }

        return await NamesAsync(logId, head.Checkpoint.Size, cancellation);
    }

    private Task<int> KeepAsync(int logId, long size, string witness, ReadOnlyMemory<byte> line, CancellationToken cancellation) => StorageFault.AsUnavailableAsync(async () =>
    {
        await using var command = source.CreateCommand(Keep);
        command.Parameters.AddRange(new NpgsqlParameter[] { Parameter.Of((short)logId), Parameter.Of(size), Parameter.Of(witness), Parameter.Of(line.ToArray()) });
        return await command.ExecuteNonQueryAsync(cancellation);
    });

    private Task<ImmutableArray<string>> NamesAsync(int logId, long size, CancellationToken cancellation) => StorageFault.AsUnavailableAsync(async () =>
    {
        await using var command = source.CreateCommand(Kept);
        command.Parameters.AddRange(new NpgsqlParameter[] { Parameter.Of((short)logId), Parameter.Of(size) });
        await using var rows = await command.ExecuteReaderAsync(cancellation);
        var names = ImmutableArray.CreateBuilder<string>();
        while (await rows.ReadAsync(cancellation))
        {
            names.Add(rows.GetString(0));
        }

        return names.ToImmutable();
    });
}
