namespace Gantral.Client;

/// <summary><c>env://NAME</c>: a variable in the environment of the runner. Its own, whose names begin with GANTRAL_, are nobody's secrets.</summary>
public sealed class EnvironmentSecrets : ISecretResolver
{
    private const string Own = "GANTRAL_";

    /// <inheritdoc/>
    public string Scheme => "env";

    /// <inheritdoc/>
    public ValueTask<string> ResolveAsync(string reference, CancellationToken cancellation)
    {
        var name = reference["env://".Length..];
        return name.StartsWith(Own, StringComparison.OrdinalIgnoreCase)
            ? throw new SecretException(reference, $"is a variable of the runner itself, which it hands to nobody")
            : new(Environment.GetEnvironmentVariable(name) is { Length: > 0 } value
                ? value
                : throw new SecretException(reference, "is not set in the environment of this runner"));
    }
}
