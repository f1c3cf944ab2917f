namespace Gantral.Bench.Lives;

/// <summary>What is asked of a silo during a life, by whom it is asked for real; each answer is looked at, and a wrong one throws.</summary>
internal interface ILifeRequests
{
    /// <summary>An agent has an instance made and started.</summary>
    Task<Guid> CreateAsync();

    /// <summary>A runner fetches work, and waits a little where there is none.</summary>
    Task<IReadOnlyList<Piece>> ClaimAsync(int most);

    /// <summary>The process asks before its governed step, and a person must decide; answers the hash of what that person is shown.</summary>
    Task<string> AskAsync(Piece piece);

    /// <summary>The process has checkpointed and ended.</summary>
    Task SuspendAsync(Piece piece);

    /// <summary>A person approves what was shown.</summary>
    Task ApproveAsync(Guid instanceId, string snapshotHash);

    /// <summary>The new process has done it.</summary>
    Task CompleteAsync(Piece piece);
}
