using Gantral.Silo.Identity;

namespace Gantral.Silo.Tests.Identity;

/// <summary>What comes of looking at tokens.</summary>
internal static class Looking
{
    /// <summary>Looks at a token whose issuer's keys are known, for which nobody has to wait.</summary>
    public static TokenVerdict Look(this TokenValidator validator, string token)
    {
        var looked = validator.ValidateAsync(token).AsTask();
        Assert.True(looked.IsCompletedSuccessfully);
        return looked.Result;
    }

    /// <summary>The teams and the roles in one line.</summary>
    public static string Rights(this CallerIdentity caller) => $"{string.Join(' ', caller.Teams)}: {string.Join(' ', caller.Roles)}";
}
