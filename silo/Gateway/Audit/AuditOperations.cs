using System.Globalization;
using Gantral.Abstractions.Grains;
using Gantral.Abstractions.Refusals;
using Gantral.Evidence.Log;
using Gantral.Silo.Gateway.Answers;
using Gantral.Silo.Gateway.Instances;
using Gantral.Silo.Gateway.Requests;
using Microsoft.AspNetCore.Routing;

namespace Gantral.Silo.Gateway.Audit;

/// <summary>Hands evidence out. What it is worth is for a verifier to say, far from here.</summary>
internal sealed class AuditOperations(IGrains grains, IEvidence evidence)
{
    private const string Lines = "application/jsonl";

    private readonly TeamInstances _instances = new(grains);

    /// <summary><c>GET /v1/audit/instances/{instance_id}/bundle</c></summary>
    public async ValueTask<Answer> BundleAsync(ApiRequest request)
    {
        var query = new QueryFields(request);
        var payloads = query.Flag("payloads");
        if (query.Fault() is { } refusal)
        {
            return Answer.Refused(refusal);
        }

        if (request.PathId("instance_id") is not { } id || await _instances.TeamOfAsync(request, id) is null)
        {
            return TeamInstances.NotFound;
        }

        var lines = await evidence.BundleAsync(id, payloads, request.Http.HttpContext.RequestAborted);
        return Answer.Ok(Lines, Joined(lines)) with { FileName = $"{id:D}.jsonl" };
    }

    /// <summary><c>GET /v1/audit/keys</c></summary>
    public ValueTask<Answer> KeysAsync(ApiRequest _) =>
        new(Answer.Ok("application/json", evidence.Keys.Memory));

    /// <summary><c>GET /v1/audit/logs</c></summary>
    public async ValueTask<Answer> LogsAsync(ApiRequest request)
    {
        var heads = new List<(int Log, Checkpoint Head)>();
        foreach (var log in evidence.Logs.Keys)
        {
            heads.Add((log, (await evidence.HeadAsync(log, request.Http.HttpContext.RequestAborted)).Checkpoint));
        }

        return Answer.Ok(json =>
        {
            json.WriteStartArray("logs");
            foreach (var (log, head) in heads)
            {
                json.WriteStartObject();
                json.WriteNumber("log_id", log);
                json.WriteString("origin", head.Origin);
                json.WriteNumber("size", head.Size);
                json.WriteString("root", head.Root.ToString());
                json.WriteEndObject();
            }

            json.WriteEndArray();
        });
    }

    /// <summary><c>GET /v1/audit/logs/{log_id}/checkpoint</c></summary>
    public async ValueTask<Answer> CheckpointAsync(ApiRequest request) => Log(request) is { } log
        ? Answer.Ok("text/plain; charset=utf-8", (await evidence.HeadAsync(log, request.Http.HttpContext.RequestAborted)).Note)
        : NoLog;

    /// <summary><c>GET /v1/audit/logs/{log_id}/tile/{level}/{index}</c>, the paths of C2SP tlog-tiles.</summary>
    public async ValueTask<Answer> TileAsync(ApiRequest request)
    {
        if (Log(request) is not { } log)
        {
            return NoLog;
        }

        return TileId.TryParse($"tile/{request.Http.HttpContext.GetRouteValue("level")}/{request.Http.HttpContext.GetRouteValue("index")}", out var tile)
            && await evidence.TileAsync(log, tile, request.Http.HttpContext.RequestAborted) is { } hashes
                ? Answer.Ok("application/octet-stream", hashes)
                : Answer.Refused(RefusalCode.NotFound, "The log has no such tile yet; read its checkpoint for the size, and see C2SP tlog-tiles for the paths.");
    }

    /// <summary><c>GET /v1/audit/logs/{log_id}/bundle</c></summary>
    public ValueTask<Answer> LogBundleAsync(ApiRequest request) => new(Log(request) is { } log
        ? Answer.Streamed(Lines, (body, cancellation) => evidence.WriteLogAsync(log, body, cancellation)) with { FileName = $"log-{log}.jsonl" }
        : NoLog);

    private static Answer NoLog { get; } = Answer.Refused(RefusalCode.NotFound, "There is no such log; GET /v1/audit/logs names those there are.");

    private int? Log(ApiRequest request) =>
        int.TryParse((string?)request.Http.HttpContext.GetRouteValue("log_id"), NumberStyles.None, CultureInfo.InvariantCulture, out var log) && evidence.Logs.ContainsKey(log) ? log : null;

    private static byte[] Joined(IReadOnlyList<byte[]> lines)
    {
        var bundle = new byte[lines.Sum(line => line.Length + 1)];
        var at = 0;
        foreach (var line in lines)
        {
            line.CopyTo(bundle, at);
            at += line.Length;
            bundle[at++] = (byte)'\n';
        }

        return bundle;
    }
}
