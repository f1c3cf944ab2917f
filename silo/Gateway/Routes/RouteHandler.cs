using Gantral.Abstractions.Refusals;
using Gantral.Grains.Ledger;
using Gantral.Silo.Gateway.Answers;
using Gantral.Silo.Gateway.Requests;
using Gantral.Silo.Identity;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Gantral.Silo.Gateway.Routes;

/// <summary>What happens around every operation, in this order: who asks, may they, what do they send; then the answer.</summary>
internal sealed class RouteHandler(Route route, TokenValidator tokens, ILogger logger)
{
    /// <summary>Handles a request.</summary>
    public async Task HandleAsync(HttpContext http)
    {
        try
        {
            await SendAsync(http, await AnswerAsync(http));
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
        // Whatever is answered is of one moment and for one caller.
        http.Response.Headers.CacheControl = "no-store";
        http.Response.Headers.XContentTypeOptions = "nosniff";
        if (answer.Refusal is { } refusal)
        {
            await Problem.WriteAsync(http, refusal);
            return;
        }

        http.Response.StatusCode = answer.Status;
        http.Response.ContentType = answer.ContentType;
        if (answer.FileName is { } name)
        {
            http.Response.Headers.ContentDisposition = $"attachment; filename=\"{name}\"";
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

    private async ValueTask<Answer> AnswerAsync(HttpContext http)
    {
        var verdict = BearerToken.Of(http.Request) is { } token
            ? await tokens.ValidateAsync(token)
            : TokenVerdict.Refused("The request has no bearer token; send one in the header Authorization: Bearer …");
        if (verdict.Identity is not { } caller)
        {
            return Answer.Refused(RefusalCode.Unauthenticated, verdict.Fault!);
        }

        if (route.Access.Fault(caller) is { } forbidden)
        {
            return Answer.Refused(forbidden);
        }

        if (QueryFields.Unknown(http.Request, route.Described.Query) is { } unknown)
        {
            return Answer.Refused(unknown);
        }

        var request = new ApiRequest(route.Described, http.Request, caller, default);
        if (route.IsPost)
        {
            var (body, refusal) = await BodyText.ReadAsync(http.Request);
            if ((IdempotencyKey.Fault(http.Request) ?? refusal) is { } unreadable)
            {
                return Answer.Refused(unreadable);
            }

            request = request with { Body = body };
        }

        return await route.Carry(request);
    }
}
