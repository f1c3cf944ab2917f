using Gantral.Abstractions.Authority;
using Gantral.Evidence.Verification;
using Gantral.Lives;

namespace Gantral.Grains.Tests.Model;

/// <summary>What the offline verifier says to a log of plays, whole and instance by instance.</summary>
internal static class LogVerdict
{
    public static void Check(PaperLog log, IReadOnlyList<Play> plays, Action<string> count, string repeat)
    {
        var keys = log.Keys();
        var report = Verifier.Verify(new MemoryStream(log.Export(payloads: true).ToBytes()), keys);
        Assert.True(report.Verdict == Verdict.Valid, $"{report.Finding}; {repeat}");
        var reports = report.Instances.ToDictionary(instance => instance.InstanceId);

        foreach (var play in plays.Where(play => play.Life.Instance is not null))
        {
            var instance = play.Life.Instance!;
            var open = !StateMachine.IsFinal(instance.State);
            var inLog = reports[instance.InstanceId.ToString("D")];
            Assert.Equal((instance.State, open, instance.Sequence), (inLog.State!.Value, inLog.Open, inLog.Entries));
            count(open ? "VALID open" : "VALID");

            var alone = Verifier.Verify(new MemoryStream(log.Instance(instance.InstanceId).ToBytes()), keys);
            Assert.True(alone.Finding.Code == (open ? FindingCode.Open : FindingCode.Ok), $"{alone.Finding}; {repeat}");
            Assert.Equal(open ? Verdict.Inconclusive : Verdict.Valid, alone.Verdict);
            count(open ? "instance open" : "instance VALID");
        }

        Assert.Equal(plays.Count(play => play.Life.Instance is not null), reports.Count);
    }
}
