using System.Collections.Immutable;
using Gantral.Evidence.Log;

namespace Gantral.Evidence.Verification;

/// <summary>How to verify.</summary>
public sealed record VerifierOptions
{
    /// <summary>Heads that the auditor holds from before, each already checked by <see cref="TrustedKeys"/>.</summary>
    public ImmutableArray<Checkpoint> KnownCheckpoints { get; init; } = [];

    /// <summary>How many instances the report names; the others are only counted.</summary>
    public int MostInstances { get; init; } = 10_000;

    /// <summary>Is told of every instance of a log, named or not.</summary>
    public Action<InstanceReport>? EachInstance { get; init; }

    /// <summary>Is told how many bytes were read, now and then.</summary>
    public Action<long>? Progress { get; init; }

    /// <summary>How many entries are replayed in one go; a larger log is first sorted into parts on disk.</summary>
    public int EntriesPerPart { get; init; } = 20_000;

    /// <summary>Where the parts of a large log go for as long as it is verified.</summary>
    public string PartsFolder { get; init; } = Path.GetTempPath();
}
