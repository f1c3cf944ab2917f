using Gantral.Abstractions.Refusals;
using Gantral.Silo.Gateway.Answers;
using Gantral.Silo.Gateway.Requests;
using Gantral.Silo.Identity.Development;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Logging;

namespace Gantral.Silo.Gateway;

/// <summary>Stands around every request: what comes from elsewhere does not get in, and nothing leaves without a typed answer.</summary>
internal sealed class Guard(bool localOnly, ILogger logger)
{
    /// <summary>Lets a request pass and answers for whatever did not.</summary>
    public async Task PassAsync(HttpContext http, RequestDelegate next)
    {
        try
        {
            // What browsers once were told of localhost they would hold against every other program there.
            if (http.Request.IsHttps && !LocalOrigins.Names(http.Request.Host.Host))
            {
                http.Response.Headers.StrictTransportSecurity = "max-age=31536000";
            }

            if (localOnly && LocalOrigins.Fault(http.Request) is { } foreign)
            {
                await Problem.WriteAsync(http, new Refusal(RefusalCode.Forbidden, foreign));
                return;
            }

            await next(http);
            if (!http.Response.HasStarted && http.Response.StatusCode is 404 or 405)
            {
                await NowhereAsync(http);
            }
        }
        catch (Exception) when (http.RequestAborted.IsCancellationRequested)
        {
            // The caller has gone; what it asked for has its outcome, and asking again with the same key tells it.
        }
        catch (BadHttpRequestException refused) when (!http.Response.HasStarted)
        {
            var refusal = refused.StatusCode == StatusCodes.Status413PayloadTooLarge
                ? BodyText.TooLarge()
                : new Refusal(RefusalCode.InvalidBody, "The request broke off or came too slowly; send it again, whole.");
            await Problem.WriteAsync(http, refusal);
        }
        catch (Exception failed)
        {
            GatewayLog.Failed(logger, failed, http.Request.Method, RouteOf(http), Problem.TraceId(http));
            if (http.Response.HasStarted)
            {
                http.Abort();
                return;
            }

            await Problem.WriteAsync(http, 500, "internal_error", "Internal error", "Something went wrong here that should not have. Whether anything was changed is told by sending the same request with the same Idempotency-Key again; the log has more under this trace_id.");
        }
    }

    private static Task NowhereAsync(HttpContext http) => http.Response.StatusCode == 404
        ? Problem.WriteAsync(http, new Refusal(RefusalCode.NotFound, "There is nothing at this path; the API begins with /v1, as in /v1/instances."))
        : Problem.WriteAsync(http, 405, "method_not_allowed", "Method not allowed", $"This path takes {http.Response.Headers.Allow} and no other method.");

    // The pattern and not the path: what a caller writes does not belong in the log.
    private static string RouteOf(HttpContext http) => (http.GetEndpoint() as RouteEndpoint)?.RoutePattern.RawText ?? "(no route)";
}
