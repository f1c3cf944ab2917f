using System.Text;
using Gantral.Abstractions.Authority;
using Gantral.Abstractions.Vocabulary;
using Gantral.Evidence.Log;
using Gantral.Evidence.Verification;
using Gantral.Lives;
using Xunit.Abstractions;

namespace Gantral.Evidence.Tests.Verification;

public sealed class WholeLives(ITestOutputHelper output)
{
    [Fact]
    public void An_approved_life_is_valid()
    {
        using var signer = LogSigner.Create("gantral.example/log/0");
        Assert.True(Instant.TryParse("2026-03-01T09:00:00.000Z", out var at));
        var log = new PaperLog("gantral.example/log/0", signer, at);
        var life = new Life(log, "approve").Create(Life.Allow).Request(Life.Ask(TimeSpan.FromMinutes(30))).Suspend().Decide("alice", DecisionType.Approve).Resume().Complete();
        var bytes = log.Instance(life.InstanceId).ToBytes();
        output.WriteLine(Encoding.UTF8.GetString(bytes));
        var report = Verifier.Verify(new MemoryStream(bytes), log.Keys());
        output.WriteLine(ReportJson.Write(report).ToString());
        Assert.Equal(Verdict.Valid, report.Verdict);
        report = Verifier.Verify(new MemoryStream(log.Export(payloads: true).ToBytes()), log.Keys());
        output.WriteLine(ReportJson.Write(report).ToString());
        Assert.Equal(Verdict.Valid, report.Verdict);
    }
}
