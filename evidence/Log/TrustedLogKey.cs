namespace Gantral.Evidence.Log;

/// <summary>A key and the positions it is trusted for: from the first, up to but not including the second if there is one.</summary>
public sealed record TrustedLogKey(LogVerifyingKey Key, long FromPosition, long? UntilPosition)
{
    /// <summary>Whether the key may sign a checkpoint whose last position this is: its size less one.</summary>
    public bool Covers(long lastPosition) => lastPosition >= FromPosition && !(lastPosition >= UntilPosition);
}
