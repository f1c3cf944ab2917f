namespace Gantral.Client;

/// <summary>An instance, and the tag of exactly what was answered.</summary>
/// <param name="Tag">To ask with the next time.</param>
/// <param name="Instance">The instance; null if the caller has it already.</param>
public sealed record TaggedInstance(string Tag, ExecutionInstance? Instance);
