namespace Gantral.Grains.Ledger;

/// <summary>What a workflow says about the work of its instances: who is asked to do it, and how often at most.</summary>
/// <param name="Queue">The queue that its runners ask.</param>
/// <param name="StartAttempts">How many processes may begin an instance, one after the other was lost.</param>
/// <param name="ResumeAttempts">How many processes may go on after one approval; more than one is the author's explicit wish.</param>
public sealed record Work(string Queue, int StartAttempts, int ResumeAttempts);
