using System.Globalization;
using Gantral.Abstractions.Grains;
using Gantral.Abstractions.Refusals;
using Gantral.Evidence.Log;
using Gantral.Silo.Audit;
using Gantral.Silo.Gateway.Answers;
using Gantral.Silo.Gateway.Instances;
using Gantral.Silo.Gateway.Requests;
using Gantral.Silo.Identity;
using Microsoft.AspNetCore.Routing;

namespace Gantral.Silo.Gateway.Audit;

/// <summary>Hands evidence out. What it is worth is for a verifier to say, far from here.</summary>
internal sealed class AuditOperations(IGrains grains, IEvidence evidence)
{
    private const string Lines = "application/jsonl";
    private const string Text = "text/plain; charset=utf-8";
    private const string EntryLevel = "entries";

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
        ? Answer.Ok(Text, (await evidence.HeadAsync(log, request.Http.HttpContext.RequestAborted)).Note)
        : NoLog;

    /// <summary><c>GET /v1/audit/logs/{log_id}/tile/{level}/{index}</c>, the paths of C2SP tlog-tiles.</summary>
    public async ValueTask<Answer> TileAsync(ApiRequest request)
    {
        if (Log(request) is not { } log)
        {
            return NoLog;
        }

        var (level, index) = (request.Http.HttpContext.GetRouteValue("level"), request.Http.HttpContext.GetRouteValue("index"));
        var isOfEntries = level is EntryLevel;
        if (isOfEntries && !request.Caller.Roles.Contains(PlatformRole.Admin, StringComparer.Ordinal))
        {
            return Answer.Refused(RefusalCode.Forbidden, $"Whole entries of every team are shown to {PlatformRole.Admin} only; take a tile of hashes, or the bundle of the log, which shows the entries of your teams.");
        }

        try
        {
            return TileId.TryParse($"tile/{(isOfEntries ? 0 : level)}/{index}", out var tile)
                && await TileAsync(log, tile, isOfEntries, request.Http.HttpContext.RequestAborted) is { } bytes
                    ? Answer.Ok("application/octet-stream", bytes)
                    : Answer.Refused(RefusalCode.NotFound, "The log has no such tile yet; read its checkpoint for the size, and see C2SP tlog-tiles for the paths.");
        }
        catch (BundleTooLargeException)
        {
            return Answer.Refused(RefusalCode.TooLarge, "An entry here is longer than the 65,535 bytes that C2SP tlog-tiles can say; take the bundle of this part of the log.");
        }
    }

    /// <summary><c>GET /v1/audit/logs/{log_id}/bundle</c></summary>
    public async ValueTask<Answer> LogBundleAsync(ApiRequest request)
    {
        if (Log(request) is not { } log)
        {
            return NoLog;
        }

        var (part, refusal) = await new LogBundleQuery(request).ReadAsync(evidence, log);
        return part is null
            ? Answer.Refused(refusal!)
            : Answer.Streamed(Lines, (body, cancellation) => evidence.WriteLogAsync(part, body, cancellation)) with { FileName = NameOf(part) };
    }

    /// <summary><c>GET /v1/audit/logs/{log_id}/proof/inclusion</c></summary>
    public async ValueTask<Answer> InclusionAsync(ApiRequest request)
    {
        var query = new QueryFields(request);
        var (named, size) = (query.Whole("position"), query.Whole("size"));
        if (query.Fault() is { } refusal)
        {
            return Answer.Refused(refusal);
        }

        if (Log(request) is not { } log)
        {
            return NoLog;
        }

        var cancellation = request.Http.HttpContext.RequestAborted;
        var (head, missing) = await HeadOfAsync(log, size, cancellation);
        var position = named ?? head?.Checkpoint.Size - 1 ?? 0;
        return head is null ? Answer.Refused(missing!)
            : position >= head.Checkpoint.Size ? Answer.Refused(RefusalCode.NotFound, $"The tree of {head.Checkpoint.Size} entries has positions 0 to {head.Checkpoint.Size - 1}; there is no {position}.")
            : Answer.Ok(Text, ProofText.Inclusion(position, await evidence.InclusionAsync(log, position, head.Checkpoint.Size, cancellation), head.Note.Span));
    }

    /// <summary><c>GET /v1/audit/logs/{log_id}/proof/consistency</c></summary>
    public async ValueTask<Answer> ConsistencyAsync(ApiRequest request)
    {
        var query = new QueryFields(request);
        var (first, second) = (query.Whole("first") ?? 1, query.Whole("second"));
        if (first == 0)
        {
            query.Fail("first must be the size of the smaller tree, 1 or more");
        }

        if (first > second)
        {
            query.Fail("first is larger than second; the smaller tree comes first");
        }

        if (query.Fault() is { } refusal)
        {
            return Answer.Refused(refusal);
        }

        if (Log(request) is not { } log)
        {
            return NoLog;
        }

        var cancellation = request.Http.HttpContext.RequestAborted;
        var (head, missing) = await HeadOfAsync(log, second, cancellation);
        return head is null ? Answer.Refused(missing!)
            : first > head.Checkpoint.Size ? Answer.Refused(RefusalCode.NotFound, $"The log has {head.Checkpoint.Size} entries; it never had {first}.")
            : Answer.Ok(Text, ProofText.Consistency(first, await evidence.ConsistencyAsync(log, first, head.Checkpoint.Size, cancellation), head.Note.Span));
    }

    private Task<byte[]?> TileAsync(int log, TileId tile, bool isOfEntries, CancellationToken cancellation) =>
        isOfEntries ? evidence.EntryBundleAsync(log, tile, cancellation) : evidence.TileAsync(log, tile, cancellation);

    /// <summary><c>POST /v1/audit/logs/{log_id}/cosignatures</c></summary>
    public async ValueTask<Answer> CosignAsync(ApiRequest request)
    {
        var fields = new BodyFields(request.Body);
        var (size, line) = (fields.Integer("size", 1), fields.Text("signature"));
        if (fields.End() is { } refusal)
        {
            return Answer.Refused(refusal);
        }

        if (Log(request) is not { } log)
        {
            return NoLog;
        }

        var cancellation = request.Http.HttpContext.RequestAborted;
        var (head, missing) = await HeadOfAsync(log, size, cancellation);
        return head is null ? Answer.Refused(missing!)
            : await evidence.CosignAsync(log, head, line, cancellation) is not { } witnesses
                ? Answer.Refused(RefusalCode.InvalidBody, $"signature must be one line, «— name base64», that signs the log's own head of {size} entries; read its checkpoint, and sign that text.")
            : Answer.Ok(json =>
            {
                json.WriteNumber("size", size);
                json.WriteStartArray("witnesses");
                foreach (var witness in witnesses)
                {
                    json.WriteStringValue(witness);
                }

                json.WriteEndArray();
            });
    }

    // A head stands in the proof, so it must be one that was signed.
    private async ValueTask<(SignedHead? Head, Refusal? Refusal)> HeadOfAsync(int log, long? size, CancellationToken cancellation)
    {
        if (size is null)
        {
            return (await evidence.HeadAsync(log, cancellation), null);
        }

        var head = size == 0 ? null : await evidence.CoveringHeadAsync(log, size.Value, cancellation);
        return head?.Checkpoint.Size == size ? (head, null) : (null, new Refusal(RefusalCode.NotFound, head is null
            ? $"The log has no head of {size} entries; leave the size out for the newest one."
            : $"No head of {size} entries was signed; the next larger one has {head.Checkpoint.Size}."));
    }

    private static string NameOf(LogPart part) => part.From == 0 ? $"log-{part.LogId}.jsonl" : string.Create(CultureInfo.InvariantCulture, $"log-{part.LogId}-from-{part.From}.jsonl");

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
