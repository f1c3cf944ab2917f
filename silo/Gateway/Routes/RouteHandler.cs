using Gantral.Abstractions.Refusals;
using Gantral.Grains.Ledger;
using Gantral.Silo.Gateway.Answers;
using Gantral.Silo.Gateway.Limits;
using Gantral.Silo.Gateway.Requests;
using Gantral.Silo.Hosting;
using Gantral.Silo.Identity;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Gantral.Silo.Gateway.Routes;

/// <summary>What happens around every operation, in this order: who asks, not too often, may they, is there room, what do they send; then the answer.</summary>
internal sealed class RouteHandler(Route route, TokenValidator tokens, RequestLimits limits, ILogger logger)
{
    /// <summary>Handles a request.</summary>
    public async Task HandleAsync(HttpContext http)
    {
        try
        {
            var (request, refusal) = await AdmitAsync(http);
            if (refusal is not null)
            {
                await SendAsync(http, Answer.Refused(refusal));
                return;
            }

            using var place = limits.Enter(route.TakesLong);
            if (!place.IsAcquired)
            {
                await SendAsync(http, Answer.Refused(RequestLimits.Full()));
                return;
            }

            await CarryAsync(http, request!);
        }
        catch (GrainHostBusyException busy) when (!http.Response.HasStarted)
        {
            await SendAsync(http, Answer.Refused(RefusalCode.Overloaded, busy.Message));
        }
        catch (LedgerUnavailableException away)
        {
            GatewayLog.LedgerAway(logger, http.Request.Method, route.Path, Problem.TraceId(http), away.Message);
            if (http.Response.HasStarted)
            {
                // Cut off, so that nobody takes the piece for the whole.
                http.Abort();
                return;
            }

            http.Response.Clear();
            await SendAsync(http, Answer.Refused(RefusalCode.StorageUnavailable, "The storage cannot be reached, and nothing was changed; send the same request again in a moment."));
        }
    }

    /// <summary>Sends an answer.</summary>
    public static async Task SendAsync(HttpContext http, Answer answer)
    {
        ForOneCaller(http);
        if (answer.Refusal is { } refusal)
        {
            await Problem.WriteAsync(http, refusal);
            return;
        }

        http.Response.StatusCode = answer.Status;
        http.Response.Headers.ETag = answer.Tag;
        if (answer.Status == StatusCodes.Status304NotModified)
        {
            return;
        }

        http.Response.ContentType = answer.ContentType;
        if (answer.FileName is { } name)
        {
            http.Response.Headers.ContentDisposition = $"attachment; filename=\"{name}\"";
        }

        if (answer.ContentPolicy is { } policy)
        {
            http.Response.Headers.ContentSecurityPolicy = policy;
        }

        if (answer.Location is { } location)
        {
            http.Response.Headers.Location = location;
        }

        if (answer.Stream is { } write)
        {
            await write(http.Response.Body, http.RequestAborted);
            return;
        }

        http.Response.ContentLength = answer.Body.Length;
        await http.Response.Body.WriteAsync(answer.Body, http.RequestAborted);
    }

    private async ValueTask<(ApiRequest? Request, Refusal? Refusal)> AdmitAsync(HttpContext http)
    {
        if (route.IsSigned)
        {
            return (new ApiRequest(route.Described, http.Request, CallerIdentity.Unknown, default), limits.Count(http.Connection.RemoteIpAddress));
        }

        var token = BearerToken.Of(http.Request);
        var verdict = token is not null
            ? await tokens.ValidateAsync(token)
            : TokenVerdict.Refused("The request has no bearer token; send one in the header Authorization: Bearer …");
        return verdict.Identity is not { } caller
            ? (null, limits.Count(http.Connection.RemoteIpAddress) ?? new Refusal(RefusalCode.Unauthenticated, verdict.Fault!))
            : (new ApiRequest(route.Described, http.Request, caller, default) { Belief = new Belief(tokens, token!) },
                limits.Count(caller.Actor) ?? route.Access.Fault(caller) ?? QueryFields.Unknown(http.Request, route.Described.Query));
    }

    private async Task CarryAsync(HttpContext http, ApiRequest request)
    {
        // What is signed is signed as it came.
        if (route.IsPost && !route.IsSigned)
        {
            var (body, refusal) = route.ReadsBody ? default : await BodyText.ReadAsync(http.Request);
            if ((IdempotencyKey.Fault(http.Request) ?? refusal) is { } unreadable)
            {
                await SendAsync(http, Answer.Refused(unreadable));
                return;
            }

            request = request with { Body = body };
        }

        var carried = route.Carry(request);
        if (route.TakesLong || carried.IsCompleted)
        {
            await SendAsync(http, await carried);
            return;
        }

        var work = carried.AsTask();
        try
        {
            await SendAsync(http, await work.WaitAsync(limits.Patience));
        }
        catch (TimeoutException) when (!work.IsCompleted)
        {
            await SendLateAsync(http, work);
        }
    }

    // Whoever asked is answered now, and the work goes on: an authority transition is never cut in the middle. The request
    // lasts as long as the work does, which reads from it; after it the same memory would be somebody else's request.
    private async Task SendLateAsync(HttpContext http, Task<Answer> work)
    {
        GatewayLog.TakesTooLong(logger, http.Request.Method, route.Path, limits.Patience.TotalSeconds, Problem.TraceId(http));
        try
        {
            if (HttpProtocol.IsHttp11(http.Request.Protocol))
            {
                http.Response.Headers.Connection = "close";
            }

            ForOneCaller(http);
            http.Response.Headers.RetryAfter = Problem.RetryAfterSeconds;
            await Problem.WriteAsync(http, 503, "overloaded", "Overloaded", LateDetail(http.Request));
            await http.Response.CompleteAsync();
        }
        finally
        {
            await EndAsync(http, work);
        }
    }

    // What comes of it is answered to whoever asks again.
    private async Task EndAsync(HttpContext http, Task<Answer> work)
    {
        try
        {
            await work;
        }
        catch (LedgerUnavailableException away)
        {
            GatewayLog.LedgerAway(logger, http.Request.Method, route.Path, Problem.TraceId(http), away.Message);
        }
        catch (Exception failed)
        {
            GatewayLog.Failed(logger, failed, http.Request.Method, route.Path, Problem.TraceId(http));
        }
    }

    private string LateDetail(HttpRequest request)
    {
        var begin = $"This takes longer than {limits.Patience.TotalSeconds:0.###} s";
        return !route.IsPost ? $"{begin}. It only reads, so nothing was changed; ask again in a moment, or for less."
            : IdempotencyKey.IsGiven(request) ? $"{begin} and goes on, so it is not known yet whether it will be carried out. Send the same request with the same Idempotency-Key again: that tells what came of it, and does nothing twice."
            : $"{begin} and goes on, so it is not known yet whether it will be carried out. It had no Idempotency-Key to ask by: look at what it was to change before you send it again.";
    }

    // Whatever is answered is of one moment and for one caller.
    private static void ForOneCaller(HttpContext http)
    {
        http.Response.Headers.CacheControl = "no-store";
        http.Response.Headers.XContentTypeOptions = "nosniff";
    }
}
