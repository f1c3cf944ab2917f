namespace Gantral.Abstractions.Identity;

/// <summary>What the silo and the command line agree on about the development identity. It holds no secret: the key lies in the data folder.</summary>
public static class DevelopmentIdentity
{
    /// <summary>The <c>iss</c> of its tokens.</summary>
    public const string Issuer = "gantral-dev";

    /// <summary>The <c>aud</c> of its tokens.</summary>
    public const string Audience = "gantral";

    /// <summary>The <c>kid</c> of its tokens.</summary>
    public const string KeyId = "gantral-dev";

    /// <summary>The <c>azp</c> of its tokens: the one client that people use.</summary>
    public const string Client = "gantral-cli";

    /// <summary>The claim that says what kind of actor a token speaks for.</summary>
    public const string KindClaim = "kind";

    /// <summary>The value of that claim which proves a person.</summary>
    public const string Human = "human";

    /// <summary>The folder of the signing key, within the data folder.</summary>
    public const string KeyFolder = "secrets";

    /// <summary>The file of the signing key, within its folder.</summary>
    public const string KeyFile = "dev-issuer.pem";
}
