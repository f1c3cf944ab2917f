using Gantral.Abstractions.Authority;

namespace Gantral.Client;

/// <summary>The lease as it is now.</summary>
/// <param name="TaskId">The task.</param>
/// <param name="FencingToken">Its token.</param>
/// <param name="LeaseUntil">Until when the work is the runner's own, by the silo's clock.</param>
/// <param name="InstanceId">The instance.</param>
/// <param name="State">Its state.</param>
public sealed record ExtendedLease(Guid TaskId, long FencingToken, DateTimeOffset LeaseUntil, Guid InstanceId, ExecutionState State);
