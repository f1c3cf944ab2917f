namespace Gantral.Client;

/// <summary>A reference does not lead to a secret. It names the reference, and never what was found.</summary>
public class SecretException : Exception
{
    /// <summary>The code of the error with which the work fails then.</summary>
    public const string Code = "secret_unresolved";

    /// <summary>One that says why.</summary>
    public SecretException(string reference, string why, Exception? cause = null)
        : base($"{reference} {why}.", cause) => Reference = reference;

    /// <summary>The reference.</summary>
    public string Reference { get; }
}
