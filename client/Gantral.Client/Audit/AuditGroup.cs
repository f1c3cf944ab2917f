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
    public async Task<string> CheckpointAsync(int logId, CancellationToken cancellation = default)
    {
        using var reader = new StreamReader(await _api.OpenAsync(Log(logId, "checkpoint"), "text/plain, application/problem+json", cancellation).ConfigureAwait(false));
        return await reader.ReadToEndAsync(cancellation).ConfigureAwait(false);
    }

    /// <summary><c>GET /v1/audit/logs/{log_id}/proof/consistency</c>: that the log only grew since it had <paramref name="first"/> entries, as C2SP tlog-witness has it, with the signed head that it leads to.</summary>
    public async Task<string> ConsistencyAsync(int logId, long first, long? second = null, CancellationToken cancellation = default)
    {
        var path = new Query(Log(logId, "proof/consistency")).And("first", first.ToString(CultureInfo.InvariantCulture)).And("second", second?.ToString(CultureInfo.InvariantCulture)).ToString();
        using var reader = new StreamReader(await _api.OpenAsync(path, "text/plain, application/problem+json", cancellation).ConfigureAwait(false));
        return await reader.ReadToEndAsync(cancellation).ConfigureAwait(false);
    }

    /// <summary><c>GET /v1/audit/logs/{log_id}/tile/{level}/{index}</c>: hashes of the tree, 32 bytes each. The index is written as C2SP tlog-tiles has it.</summary>
    public Task<Stream> TileAsync(int logId, int level, string index, CancellationToken cancellation = default) =>
        _api.OpenAsync(string.Create(CultureInfo.InvariantCulture, $"{Log(logId, "tile")}/{level}/{index}"), "application/octet-stream, application/problem+json", cancellation);

    /// <summary><c>GET /v1/audit/logs/{log_id}/bundle</c>: a whole log. One that breaks off is cut, and a cut bundle is INCONCLUSIVE.</summary>
    public Task<Stream> LogBundleAsync(int logId, CancellationToken cancellation = default) => _api.OpenAsync(Log(logId, "bundle"), Lines, cancellation);

    private static string Log(int logId, string what) => string.Create(CultureInfo.InvariantCulture, $"v1/audit/logs/{logId}/{what}");
}
