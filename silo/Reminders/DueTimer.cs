using System.Security.Cryptography;
using System.Text;
using Gantral.Abstractions.Commands;
using Gantral.Abstractions.Evidence;
using Gantral.Abstractions.Grains;
using Gantral.Abstractions.Vocabulary;

namespace Gantral.Silo.Reminders;

/// <summary>A deadline that has passed by the database's time.</summary>
/// <param name="LogId">The log of the instance.</param>
/// <param name="InstanceId">The instance.</param>
/// <param name="Deadline">Which deadline.</param>
/// <param name="DueAt">When it passed.</param>
internal readonly record struct DueTimer(short LogId, Guid InstanceId, Deadline Deadline, Instant DueAt)
{
    /// <summary>The key under which it fires, the same in every silo.</summary>
    // No request hash, so no row that remembers the key: the core finds nothing due the second time, and the fence lets
    // one of two at the same moment through. That is exactly once already.
    public CommandKey Key => new(
        new Digest(SHA256.HashData(Encoding.UTF8.GetBytes($"gantral/timer/1\n{InstanceId:D}\n{WireName.Of(Deadline)}\n{DueAt}"))), RequestHash: null);
}
