using System.Globalization;
using System.Text.Json.Nodes;
using Gantral.Client.Connection;
using Gantral.Client.Json;

namespace Gantral.Client;

/// <summary>Evidence, as it is to be verified elsewhere.</summary>
public sealed class AuditGroup
{
    private const string Lines = "application/jsonl, application/problem+json";

    private readonly Api _api;

    internal AuditGroup(Api api) => _api = api;

    /// <summary><c>GET /v1/audit/keys</c>: the keys file. Whoever trusts nobody gets it by another way.</summary>
    public Task<JsonObject> KeysAsync(CancellationToken cancellation = default) => _api.GetAsync("v1/audit/keys", ClientJson.Default.JsonObject, cancellation);

    /// <summary><c>GET /v1/audit/instances/{instance_id}/bundle</c>: the evidence of an instance, to be written to a file as it comes.</summary>
    public Task<Stream> InstanceBundleAsync(Guid instanceId, bool payloads = false, CancellationToken cancellation = default) =>
        _api.OpenAsync(new Query($"v1/audit/instances/{PathPart.Of(instanceId)}/bundle").And("payloads", payloads).ToString(), Lines, cancellation);

    /// <summary><c>GET /v1/audit/logs</c>: every log and its newest signed head.</summary>
    public async Task<IReadOnlyList<LogStanding>> LogsAsync(CancellationToken cancellation = default) =>
        (await _api.GetAsync("v1/audit/logs", ClientJson.Default.LogStandings, cancellation).ConfigureAwait(false)).Logs;

    /// <summary><c>GET /v1/audit/logs/{log_id}/checkpoint</c>: the newest checkpoint, a C2SP signed note.</summary>
    public Task<string> CheckpointAsync(int logId, CancellationToken cancellation = default) => ReadTextAsync(Log(logId, "checkpoint"), cancellation);

    /// <summary><c>GET /v1/audit/logs/{log_id}/tile/{level}/{index}</c>: hashes of the tree, 32 bytes each. The index is written as C2SP tlog-tiles has it.</summary>
    public Task<Stream> TileAsync(int logId, int level, string index, CancellationToken cancellation = default) =>
        _api.OpenAsync(string.Create(CultureInfo.InvariantCulture, $"{Log(logId, "tile")}/{level}/{index}"), "application/octet-stream, application/problem+json", cancellation);

    /// <summary>The same path with <c>entries</c> for a level: the entries under a tile of leaves, each behind its length in two bytes. For <c>gantral.admin</c>.</summary>
    public Task<Stream> EntryBundleAsync(int logId, string index, CancellationToken cancellation = default) =>
        _api.OpenAsync($"{Log(logId, "tile")}/entries/{index}", "application/octet-stream, application/problem+json", cancellation);

    /// <summary><c>GET /v1/audit/logs/{log_id}/proof/inclusion</c>: that an entry is in the log, a C2SP tlog-proof. The last entry of the newest signed tree unless said.</summary>
    public Task<string> InclusionProofAsync(int logId, long? position = null, long? size = null, CancellationToken cancellation = default) =>
        ReadTextAsync(new Query(Log(logId, "proof/inclusion")).And("position", position).And("size", size).ToString(), cancellation);

    /// <summary><c>GET /v1/audit/logs/{log_id}/proof/consistency</c>: that the log only grew from one size to the other, as C2SP tlog-witness has it, with the signed head that it leads to. From 1 to the newest signed tree unless said.</summary>
    public Task<string> ConsistencyProofAsync(int logId, long? first = null, long? second = null, CancellationToken cancellation = default) =>
        ReadTextAsync(new Query(Log(logId, "proof/consistency")).And("first", first).And("second", second).ToString(), cancellation);

    /// <summary><c>POST /v1/audit/logs/{log_id}/cosignatures</c>: hands in what a witness signs, one line of a signed note over the head of a size, and tells the names of the witnesses whose lines the silo keeps.</summary>
    public async Task<IReadOnlyList<string>> CosignAsync(int logId, long size, string signature, string? idempotencyKey = null, CancellationToken cancellation = default) =>
        (await _api.PostAsync(Log(logId, "cosignatures"), new NewCosignature(size, signature), ClientJson.Default.NewCosignature, ClientJson.Default.Cosigned, idempotencyKey, cancellation).ConfigureAwait(false)).Witnesses;

    /// <summary><c>GET /v1/audit/logs/{log_id}/bundle</c>: a log or a part of it. One that breaks off is cut, and a cut bundle is INCONCLUSIVE.</summary>
    public Task<Stream> LogBundleAsync(int logId, LogPart? part = null, CancellationToken cancellation = default) => _api.OpenAsync(
        new Query(Log(logId, "bundle")).And("from", part?.From).And("to", part?.To).And("since", part?.Since).And("until", part?.Until)
            .And("team", part?.Team).And("payloads", part?.Payloads == true).And("resume", part?.Resume).ToString(),
        Lines,
        cancellation);

    /// <summary><c>POST /v1/audit/verify</c>: the silo's own report of a bundle. Whoever trusts nobody verifies elsewhere.</summary>
    public Task<JsonObject> VerifyAsync(Stream bundle, CancellationToken cancellation = default) =>
        _api.SendLinesAsync("v1/audit/verify", bundle, ClientJson.Default.JsonObject, cancellation);

    private async Task<string> ReadTextAsync(string path, CancellationToken cancellation)
    {
        using var reader = new StreamReader(await _api.OpenAsync(path, "text/plain, application/problem+json", cancellation).ConfigureAwait(false));
        return await reader.ReadToEndAsync(cancellation).ConfigureAwait(false);
    }

    private static string Log(int logId, string what) => string.Create(CultureInfo.InvariantCulture, $"v1/audit/logs/{logId}/{what}");
}
