using System.Collections.Concurrent;

namespace Gantral.Silo.Tests.Runners;

/// <summary>A line to the silo that counts what passes, and loses some answers: what was sent has been done all the same.</summary>
internal sealed class Counting : DelegatingHandler
{
    private int _claims;
    private int _heartbeats;
    private int _outcomes;
    private int _questions;

    public Counting()
        : base(new SocketsHttpHandler())
    {
    }

    public bool HeartbeatsAreLost { get; init; }

    public int LostOutcomes { get; init; }

    public int LostQuestions { get; init; }

    public int LostClaims { get; init; }

    public int Claims => Volatile.Read(ref _claims);

    public int Heartbeats => Volatile.Read(ref _heartbeats);

    public int Outcomes => Volatile.Read(ref _outcomes);

    /// <summary>The keys under which was asked.</summary>
    public ConcurrentQueue<string> Keys { get; } = [];

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var path = request.RequestUri!.AbsolutePath;
        if (path.EndsWith("/claims", StringComparison.Ordinal) && Interlocked.Increment(ref _claims) <= LostClaims)
        {
            throw new HttpRequestException("nobody there");
        }

        if (path.EndsWith("/heartbeat", StringComparison.Ordinal))
        {
            Interlocked.Increment(ref _heartbeats);
            if (HeartbeatsAreLost)
            {
                throw new HttpRequestException("nobody there");
            }
        }

        var answer = await base.SendAsync(request, cancellationToken);
        if (path.EndsWith("/authority", StringComparison.Ordinal))
        {
            Keys.Enqueue(request.Headers.GetValues("Idempotency-Key").Single());
        }

        var isLost = (path.EndsWith("/outcome", StringComparison.Ordinal) && Interlocked.Increment(ref _outcomes) <= LostOutcomes)
            || (path.EndsWith("/authority", StringComparison.Ordinal) && Interlocked.Increment(ref _questions) <= LostQuestions);
        if (isLost)
        {
            answer.Dispose();
            throw new HttpRequestException("the answer was lost");
        }

        return answer;
    }
}
