namespace Gantral.Client;

/// <summary>An entry that does not fit.</summary>
/// <param name="InstanceId">Of which instance.</param>
/// <param name="Sequence">Which one.</param>
/// <param name="Fault">What is wrong with it.</param>
public sealed record EntryCheckFault(Guid InstanceId, long Sequence, string Fault);
