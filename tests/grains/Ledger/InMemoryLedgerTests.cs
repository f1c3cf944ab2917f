using Gantral.Conformance;
using Gantral.Lives;

namespace Gantral.Grains.Tests.Ledger;

/// <summary>The ledger that the other tests stand on is one.</summary>
public sealed class InMemoryLedgerTests : LedgerConformance
{
    protected override ValueTask<LedgerUnderTest> OpenAsync()
    {
        var log = Stage.Log();
        var moments = new PaperMoments(log, seed: 1);
        return new(new LedgerUnderTest(new InMemoryLedger(log), moments, () => moments.Next().NewId));
    }
}
