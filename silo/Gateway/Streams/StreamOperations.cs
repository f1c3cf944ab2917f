using System.Collections.Frozen;
using Gantral.Abstractions.Refusals;
using Gantral.Silo.Gateway.Answers;
using Gantral.Silo.Gateway.Requests;
using Gantral.Silo.Gateway.Routes;
using Gantral.Silo.Identity;
using Gantral.Silo.Streams;

namespace Gantral.Silo.Gateway.Streams;

/// <summary>What happens, as it happens. Everybody of a team is told what happened to what; what it holds, only auditors.</summary>
internal sealed class StreamOperations(IEntryStreams streams, TimeSpan heartbeat)
{
    /// <summary>What a stream is.</summary>
    public const string ContentType = "text/event-stream";

    // Those who may read a history.
    private static readonly Access Whole = Access.With(PlatformRole.Auditor);

    /// <summary><c>GET /v1/streams/entries</c></summary>
    public async ValueTask<Answer> EntriesAsync(ApiRequest request)
    {
        var query = new StreamQuery(request);
        if (query.Fault() is { } refusal)
        {
            return Answer.Refused(refusal);
        }

        if (query.Teams?.Any(team => !request.IsOf(team)) == true)
        {
            return Answer.Refused(RefusalCode.Forbidden, $"Your token does not speak for every team in {StreamQuery.Team}; name teams of yours, or none for all of them.");
        }

        var filter = new EntryFilter(query.Teams ?? request.Caller.Teams.ToFrozenSet(StringComparer.Ordinal))
        {
            Workflows = query.Workflows,
            Types = query.Types,
            Whole = Whole.Fault(request.Caller) is null,
        };
        if (await streams.OpenAsync(filter, query.After, request.Http.HttpContext.RequestAborted) is not { } stream)
        {
            query.Fail(StreamQuery.BadPlace);
            return Answer.Refused(query.Fault()!);
        }

        // A proxy that gathers answers would hold back what happens now.
        request.Http.HttpContext.Response.Headers["X-Accel-Buffering"] = "no";
        return Answer.Streamed(ContentType, (_, aborted) => new EntryEvents(stream, filter.Whole, request, heartbeat).WriteAsync(aborted));
    }
}
