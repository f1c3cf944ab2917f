namespace Gantral.Client;

/// <summary>An entry that could not be delivered.</summary>
public sealed record DeadLetter
{
    /// <summary>Its log.</summary>
    public required int LogId { get; init; }

    /// <summary>Its place there.</summary>
    public required long Position { get; init; }

    /// <summary>The id that it is sent under.</summary>
    public required string EventId { get; init; }

    /// <summary>What it is about.</summary>
    public required string EventType { get; init; }

    /// <summary>When it was given up.</summary>
    public required DateTimeOffset FailedAt { get; init; }

    /// <summary>After how many attempts.</summary>
    public required int Attempts { get; init; }

    /// <summary>Why the last one failed.</summary>
    public required string Fault { get; init; }

    /// <summary>Whether it is to be sent once more.</summary>
    public required bool Replaying { get; init; }
}
