using System.Security.Cryptography;
using System.Text;
using Gantral.Abstractions.Evidence;
using Gantral.Abstractions.Grains;
using Gantral.Abstractions.Vocabulary;

namespace Gantral.Silo.Triggers;

/// <summary>A schedule that is due by the database's time.</summary>
/// <param name="Now">That time.</param>
/// <param name="LogId">The log of the version's registration.</param>
/// <param name="Subject">The key of the version.</param>
/// <param name="Place">Which of its triggers it is.</param>
/// <param name="DueAt">The first firing that has not been seen to.</param>
/// <param name="WorkflowId">The workflow.</param>
/// <param name="WorkflowVersion">Its version.</param>
internal readonly record struct DueSchedule(Instant Now, short LogId, Guid Subject, short Place, Instant DueAt, string WorkflowId, string WorkflowVersion)
{
    /// <summary>The key under which a firing creates its instance: the same in every silo, so that it creates one.</summary>
    public CommandKey KeyOf(Instant firing)
    {
        var hash = new Digest(SHA256.HashData(Encoding.UTF8.GetBytes($"gantral/schedule/1\n{WorkflowId}\n{WorkflowVersion}\n{Place}\n{firing}")));
        return new CommandKey(hash, hash);
    }
}
