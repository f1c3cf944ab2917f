using System.Security.Cryptography;
using System.Text;
using Gantral.Abstractions.Commands;
using Gantral.Abstractions.Evidence;
using Gantral.Abstractions.Grains;
using Gantral.Abstractions.Vocabulary;

namespace Gantral.Silo.Queues;

/// <summary>A piece of work that was taken, for a runner or to be ended.</summary>
internal readonly record struct ClaimedTask(Guid InstanceId, Lease Lease, WorkKind Kind, int Attempt, Instant LeaseUntil, string WorkflowId, string WorkflowVersion, string OwningTeamId)
{
    /// <summary>Whether the claim counted as an attempt already. The first process after an approval does so only when the instance takes it in.</summary>
    public bool IsCounted => Attempt > 0;

    /// <summary>The key under which the instance is told, the same however often it is.</summary>
    // No request hash: the lease and the fence let it happen once already.
    public CommandKey Key => new(
        new Digest(SHA256.HashData(Encoding.UTF8.GetBytes($"gantral/task/1\n{Lease.TaskId:D}\n{Lease.FencingToken}"))), RequestHash: null);
}
