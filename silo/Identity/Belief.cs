namespace Gantral.Silo.Identity;

/// <summary>How long a caller is believed, looked at again: its token expires, and keys are withdrawn, while it is served.</summary>
internal sealed class Belief(TokenValidator tokens, string token)
{
    /// <summary>For how long still, as far as is known now; no time at all for one who is believed no more.</summary>
    public async ValueTask<TimeSpan> LeftAsync() => (await tokens.ValidateAsync(token)).Left;
}
