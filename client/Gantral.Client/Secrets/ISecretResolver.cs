namespace Gantral.Client;

/// <summary>Finds the secrets to which references of one scheme lead, where the work is done. One for a vault of one's own is a class of a few lines.</summary>
public interface ISecretResolver
{
    /// <summary>The scheme of its references, such as <c>vault</c>.</summary>
    string Scheme { get; }

    /// <summary>The secret. What it throws ends the work before it began; of that only the type is told, for a message could hold the secret, unless it is a <see cref="SecretException"/>.</summary>
    /// <param name="reference">The reference as it was registered, such as <c>vault://kv/payments#token</c>.</param>
    /// <param name="cancellation">The work is lost, or the runner stops.</param>
    ValueTask<string> ResolveAsync(string reference, CancellationToken cancellation);
}
