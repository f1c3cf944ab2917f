namespace Gantral.Grains.Instances;

/// <summary>What an operator chooses about instances.</summary>
/// <param name="OnStorageFailure">What becomes of an instance when the storage was away.</param>
public sealed record InstanceOptions(OnStorageFailure OnStorageFailure = OnStorageFailure.Refuse);
