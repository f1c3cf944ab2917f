using Gantral.Abstractions.Refusals;
using Gantral.Evidence.Verification;
using Gantral.Silo.Gateway.Answers;
using Gantral.Silo.Gateway.Requests;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Primitives;

namespace Gantral.Silo.Gateway.Audit;

/// <summary>
/// Verifies a bundle for whoever cannot do it elsewhere. It is a convenience: whoever trusts nobody takes the verifier and
/// the keys by another way, for the silo that is asked here could answer anything.
/// </summary>
internal sealed class VerifyOperations(IEvidence evidence)
{
    // Nothing is put on disk, so what is held of a bundle is bounded by the bundle.
    private static readonly VerifierOptions Options = new() { EntriesPerPart = int.MaxValue, MostInstances = 1_000 };

    // The verifier reads on a thread of its own, and a slow sender keeps it.
    private const int Places = 4;

    private int _taken;

    private TrustedKeys Keys => field ??= Read(evidence);

    /// <summary><c>POST /v1/audit/verify</c></summary>
    public async ValueTask<Answer> VerifyAsync(ApiRequest request)
    {
        if (!StringValues.IsNullOrEmpty(request.Http.Headers.ContentEncoding))
        {
            return Answer.Refused(RefusalCode.InvalidBody, "The body has a Content-Encoding; send the bundle as it is.");
        }

        if (request.Http.ContentLength > BundleBody.MostBytes)
        {
            return Answer.Refused(BundleBody.TooLarge());
        }

        try
        {
            return Interlocked.Increment(ref _taken) <= Places
                ? await ReportAsync(request)
                : Answer.Refused(RefusalCode.Overloaded, "This silo verifies as many bundles as it takes at a time; wait as long as Retry-After says, or use gantral verify.");
        }
        finally
        {
            Interlocked.Decrement(ref _taken);
        }
    }

    private async Task<Answer> ReportAsync(ApiRequest request)
    {
        // The body has a limit of its own here.
        if (request.Http.HttpContext.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit)
        {
            limit.MaxRequestBodySize = null;
        }

        using var patience = CancellationTokenSource.CreateLinkedTokenSource(request.Http.HttpContext.RequestAborted, request.Stopping);
        patience.CancelAfter(BundleBody.Patience);
        await using var bundle = new BundleBody(request.Http.Body, patience.Token);
        try
        {
            var report = await Task.Factory.StartNew(
                () => Verifier.Verify(bundle, Keys, Options), CancellationToken.None, TaskCreationOptions.LongRunning | TaskCreationOptions.DenyChildAttach, TaskScheduler.Default);
            return Answer.Ok("application/json", ReportJson.Write(report).Memory);
        }
        catch (BundleTooLargeException)
        {
            return Answer.Refused(BundleBody.TooLarge());
        }
        catch (OperationCanceledException) when (patience.IsCancellationRequested)
        {
            return Answer.Refused(RefusalCode.InvalidBody, $"The bundle did not come within {BundleBody.Patience.TotalSeconds:0} seconds; send it faster, or use gantral verify.");
        }
    }

    private static TrustedKeys Read(IEvidence evidence) =>
        TrustedKeys.TryParse(evidence.Keys.Span, out var keys, out var fault) ? keys : throw new InvalidOperationException(fault);
}
