using Gantral.Abstractions.Vocabulary;

namespace Gantral.Silo.Gateway.Instances;

/// <summary>An instance that waits for a person; the two together are its place in the list, an id breaking ties.</summary>
/// <param name="DecideBy">Until when; none where policy set no timeout.</param>
/// <param name="InstanceId">The instance.</param>
internal sealed record WaitingInstance(Instant? DecideBy, Guid InstanceId);
