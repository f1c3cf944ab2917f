using Gantral.Abstractions.Vocabulary;
using Gantral.Grains.Authority;
using Gantral.Grains.Ledger;

namespace Gantral.Silo.Tests.Hosting;

/// <summary>Moments that are all at the same time.</summary>
internal sealed class StillMoments(IMoments moments, Instant at) : IMoments
{
    public Moment Next() => moments.Next() with { At = at };
}
