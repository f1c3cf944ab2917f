namespace Gantral.Client;

/// <summary>Nothing here resolves references of a scheme.</summary>
public sealed class UnknownSchemeException : SecretException
{
    /// <summary>One for a reference.</summary>
    public UnknownSchemeException(string reference, string scheme)
        : base(reference, $"cannot be resolved, for this runner has no resolver for {scheme}://: add an {nameof(ISecretResolver)} for it to {nameof(GantralRunnerOptions)}.{nameof(GantralRunnerOptions.Resolvers)}, or mount the secret as a file and register a connection to file:///…") =>
        Scheme = scheme;

    /// <summary>The scheme.</summary>
    public string Scheme { get; }
}
