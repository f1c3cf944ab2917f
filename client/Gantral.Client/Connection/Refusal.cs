using System.Text.Json;
using Gantral.Client.Json;

namespace Gantral.Client.Connection;

/// <summary>Reads problem details.</summary>
internal static class Refusal
{
    private const int MostBytes = 64 * 1024;

    /// <summary>What an answer that is none refuses; the answer is done with.</summary>
    public static async Task<GantralException> OfAsync(HttpResponseMessage response, TimeProvider time, CancellationToken cancellation)
    {
        using (response)
        {
            var problem = await ReadAsync(response, cancellation).ConfigureAwait(false);
            var status = (int)response.StatusCode;
            return new GantralException(
                status,
                problem?.Code ?? ProblemCode.NotGantral,
                problem?.Detail ?? $"{response.RequestMessage?.RequestUri} answered {status}, and not as a silo does; check the address, and what stands before the silo.")
            {
                TraceId = problem?.TraceId,
                RetryAfter = response.Headers.RetryAfter switch
                {
                    { Delta: { } after } => after,
                    { Date: { } at } when at > time.GetUtcNow() => at - time.GetUtcNow(),
                    _ => null,
                },
            };
        }
    }

    private static async Task<ProblemDetails?> ReadAsync(HttpResponseMessage response, CancellationToken cancellation)
    {
        if (response.Content.Headers.ContentType?.MediaType != "application/problem+json")
        {
            return null;
        }

        var bytes = new byte[MostBytes];
        var body = await response.Content.ReadAsStreamAsync(cancellation).ConfigureAwait(false);
        var length = await body.ReadAtLeastAsync(bytes, bytes.Length, throwOnEndOfStream: false, cancellation).ConfigureAwait(false);
        try
        {
            return JsonSerializer.Deserialize(bytes.AsSpan(0, length), ClientJson.Default.ProblemDetails);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
