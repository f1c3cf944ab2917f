using System.Net;
using System.Net.Http.Headers;
using System.Net.Mime;
using Gantral.Abstractions.Policy;
using Gantral.Grains.Policies;
using Gantral.Silo.Outgoing;
using Microsoft.Extensions.Logging;

namespace Gantral.Silo.Policies;

/// <summary>
/// Asks the service of one policy version. Slow, broken, too large or not understood: whatever is not a clear answer is
/// <see cref="PolicyAnswer.Unavailable"/>.
/// </summary>
internal sealed class HttpEvaluator(string policyVersionId, HttpPolicy policy, OutgoingHosts hosts, TimeProvider time, ILogger logger) : IPolicyEvaluator, IDisposable
{
    private static readonly MediaTypeHeaderValue Json = new(MediaTypeNames.Application.Json);

    private readonly HttpMessageInvoker _http = new(hosts.NewHandler(policy.Timeout));
    private readonly CircuitBreaker _breaker = new(time);

    public async ValueTask<PolicyAnswer> EvaluateAsync(PolicyQuestion question) => (await TryAsync(question)).Answer;

    public async ValueTask<PolicyTrial> TryAsync(PolicyQuestion question)
    {
        if (hosts.Refusal(policy.Url) is not null)
        {
            return NoAnswer(PolicyFailure.HostNotAllowed);
        }

        var body = QuestionWriter.Write(policy.Shape, question).Memory;
        if (_breaker.TryEnter() is not { } ticket)
        {
            return NoAnswer(PolicyFailure.NotAsked);
        }

        var (failure, answer) = await AskAsync(body);
        Settle(ticket, failure);
        return failure is { } reason ? NoAnswer(reason)
            : AnswerReader.Read(policy.Shape, answer.Span) is var read && read is PolicyAnswer.Unavailable ? NoAnswer(PolicyFailure.NotUnderstood)
            : new PolicyTrial(policyVersionId, read);
    }

    public void Dispose() => _http.Dispose();

    private async Task<(PolicyFailure? Failure, ReadOnlyMemory<byte> Answer)> AskAsync(ReadOnlyMemory<byte> question)
    {
        using var deadline = new CancellationTokenSource(policy.Timeout, time);
        try
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, policy.Url) { Content = new ReadOnlyMemoryContent(question) };
            request.Content.Headers.ContentType = Json;
            request.Headers.Accept.ParseAdd(MediaTypeNames.Application.Json);
            using var response = await _http.SendAsync(request, deadline.Token);
            return Fault(response) is { } fault ? (fault, default) : await ReadAsync(response.Content, deadline.Token);
        }
        catch (Exception fault)
        {
            return (deadline.IsCancellationRequested ? PolicyFailure.TooSlow
                : fault.InnerException is HostNotAllowedException ? PolicyFailure.HostNotAllowed
                : PolicyFailure.Unreachable, default);
        }
    }

    private static PolicyFailure? Fault(HttpResponseMessage response) =>
        response.StatusCode is >= HttpStatusCode.InternalServerError or HttpStatusCode.TooManyRequests ? PolicyFailure.Failing
        : response.StatusCode != HttpStatusCode.OK ? PolicyFailure.OtherStatus
        : response.Content.Headers.ContentType?.MediaType != MediaTypeNames.Application.Json ? PolicyFailure.OtherContentType
        : response.Content.Headers.ContentLength > AnswerReader.MostBytes ? PolicyFailure.TooLarge
        : null;

    private static async Task<(PolicyFailure? Failure, ReadOnlyMemory<byte> Answer)> ReadAsync(HttpContent content, CancellationToken cancellation)
    {
        // One byte more than there may be, so that too much is seen without reading all of it.
        var bytes = new byte[(int)(content.Headers.ContentLength ?? AnswerReader.MostBytes) + 1];
        await using var stream = await content.ReadAsStreamAsync(cancellation);
        var read = await stream.ReadAtLeastAsync(bytes, bytes.Length, throwOnEndOfStream: false, cancellation);
        return read > AnswerReader.MostBytes ? (PolicyFailure.TooLarge, default) : (null, bytes.AsMemory(0, read));
    }

    // Only what says something about the service counts: no agent can make it look broken to all others by what it asks.
    private void Settle(long ticket, PolicyFailure? failure)
    {
        if (failure is PolicyFailure.Unreachable or PolicyFailure.TooSlow or PolicyFailure.Failing)
        {
            if (_breaker.Failed(ticket))
            {
                PolicyLog.Opened(logger, policyVersionId, CircuitBreaker.MostFailures, CircuitBreaker.ProbeAfter);
            }
        }
        else if (_breaker.Succeeded(ticket))
        {
            PolicyLog.Closed(logger, policyVersionId);
        }
    }

    private PolicyTrial NoAnswer(PolicyFailure failure)
    {
        PolicyLog.NoAnswer(logger, policyVersionId, failure);
        return new PolicyTrial(policyVersionId, new PolicyAnswer.Unavailable()) { Failure = failure };
    }
}
