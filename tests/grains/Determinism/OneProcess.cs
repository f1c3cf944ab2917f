namespace Gantral.Grains.Tests.Determinism;

/// <summary>Tests that change what the whole process shares, the time zone, run alone.</summary>
[CollectionDefinition(nameof(OneProcess), DisableParallelization = true)]
public sealed class OneProcess;
