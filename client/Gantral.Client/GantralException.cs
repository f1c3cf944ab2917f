namespace Gantral.Client;

/// <summary>The silo refused, in the words of RFC 9457. Programs act on <see cref="Code"/>, people read <see cref="Detail"/>.</summary>
public sealed class GantralException : Exception
{
    /// <summary>A refusal.</summary>
    public GantralException(int status, string code, string detail, Exception? cause = null)
        : base($"{detail} ({code}, {status})", cause) => (Status, Code, Detail) = (status, code, detail);

    /// <summary>The HTTP status.</summary>
    public int Status { get; }

    /// <summary>The stable code: one of <see cref="ProblemCode"/>, or one that a later server has.</summary>
    public string Code { get; }

    /// <summary>What happened, why, and what to do.</summary>
    public string Detail { get; }

    /// <summary>By what the request is found again in the silo's log.</summary>
    public string? TraceId { get; init; }

    /// <summary>After how long it is worth while to ask again, if the silo said so.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>Whether the same request, under the same key, may well be answered later.</summary>
    public bool IsPassing => Status is 429 or 502 or 503 or 504;
}
