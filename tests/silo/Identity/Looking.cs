using Gantral.Silo.Identity;

namespace Gantral.Silo.Tests.Identity;

/// <summary>Looks at a token whose issuer's keys are known, for which nobody has to wait.</summary>
internal static class Looking
{
    public static TokenVerdict Look(this TokenValidator validator, string token)
    {
        var looked = validator.ValidateAsync(token).AsTask();
        Assert.True(looked.IsCompletedSuccessfully);
        return looked.Result;
    }
}
