namespace Gantral.Client;

/// <summary>The agent checkpointed and exited, to go on in a new process once a person has decided.</summary>
/// <param name="Checkpoint">Where it left off: a reference and its hash. What it refers to stays where it is.</param>
public sealed record Suspended(EvidenceReference? Checkpoint) : Outcome;
