namespace Gantral.Client;

/// <summary>What is wanted of a queue.</summary>
/// <param name="State">Whether work is handed out.</param>
/// <param name="MostAtOnce">How many processes may be at work at a time; as many as like unless said.</param>
/// <param name="OwningTeamId">The team whose queue it is; may be left out by a token of one team.</param>
public sealed record QueueOrder(QueueState State, int? MostAtOnce = null, string? OwningTeamId = null);
