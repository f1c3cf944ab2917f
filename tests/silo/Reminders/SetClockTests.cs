using Gantral.Abstractions.Authority;
using Gantral.Abstractions.Commands;
using Gantral.Abstractions.Evidence;
using Gantral.Abstractions.Grains;
using Gantral.Evidence.Log;
using Gantral.Evidence.Verification;
using Gantral.Grains.Ledger;
using Gantral.Lives;
using Gantral.Lives.Vectors;
using Gantral.Silo.Hosting;
using Gantral.Silo.Ledger;
using Gantral.Silo.Tests.Hosting;
using Gantral.Silo.Tests.Ledger;

namespace Gantral.Silo.Tests.Reminders;

/// <summary>A database whose clock is set: no timer is lost, and within an instance time goes on.</summary>
public sealed class SetClockTests : IDisposable
{
    private static readonly TimeSpan AnHour = TimeSpan.FromHours(1);
    private static readonly LogSigner Signer = LogSigner.Create("gantral.example/log/0");

    private readonly CountedTime _time = new();
    private readonly DatabaseClock _clock;
    private readonly PaperLog _log = new(Signer.Name, Signer, VectorKeys.Start);
    private readonly GrainHost _host;

    public SetClockTests()
    {
        _clock = new DatabaseClock(_time);
        _clock.Observe(VectorKeys.Start);
        _host = new GrainHost(new InMemoryLedger(_log), _clock, TimeProvider.System, new GrainHostOptions());
    }

    [Fact]
    public void Between_two_looks_time_is_counted_and_not_asked_of_this_machine()
    {
        _time.Pass(TimeSpan.FromSeconds(90));

        Assert.Equal(VectorKeys.Start.Plus(TimeSpan.FromSeconds(90)), _clock.Now);
        Assert.Throws<LedgerUnavailableException>(() => new DatabaseClock(_time).Now);
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(1)]
    public void A_clock_that_was_set_is_believed_at_once_and_told_of_until_the_next_look(int hours)
    {
        _clock.Observe(VectorKeys.Start.Plus(TimeSpan.FromHours(hours)));
        Assert.Equal((VectorKeys.Start.Plus(TimeSpan.FromHours(hours)), false), (_clock.Now, _clock.IsSteady));

        _time.Pass(TimeSpan.FromSeconds(1));
        _clock.Observe(VectorKeys.Start.Plus(TimeSpan.FromHours(hours)).Plus(TimeSpan.FromSeconds(1)));
        Assert.True(_clock.IsSteady);
    }

    [Fact]
    public async Task A_clock_that_is_set_back_fires_nothing_early_loses_no_timer_and_turns_no_time_back()
    {
        var id = await WaitingAsync();
        var decideBy = (await _host.Instance(id).ReadAsync())!.Pending!.Request.DecideBy!.Value;
        _clock.Observe(_clock.Now.Plus(-AnHour));
        Assert.Empty((await RemindAsync(id)).Entries);
        await _host.Instance(id).AttachEvidenceAsync(WorkingSilo.Caller(Life.Agent), Life.Json("[]"));

        _time.Pass(TimeSpan.FromMinutes(89));
        Assert.Empty((await RemindAsync(id)).Entries);
        _time.Pass(TimeSpan.FromMinutes(1));
        var fired = await RemindAsync(id);

        Assert.Equal([EventType.Timeout, EventType.Terminated], fired.Entries.Select(entry => entry.Type));
        Assert.Equal(decideBy, fired.Entries[0].At);
        MustGoOn();
    }

    [Fact]
    public async Task A_clock_that_leaps_ahead_and_back_fires_once()
    {
        var id = await WaitingAsync();
        _clock.Observe(_clock.Now.Plus(AnHour));
        var fired = await RemindAsync(id);
        _clock.Observe(_clock.Now.Plus(-AnHour));

        Assert.Equal(Reason.Timeout, fired.Instance!.Reason);
        Assert.Empty((await RemindAsync(id)).Entries);
        _time.Pass(AnHour);
        Assert.Empty((await RemindAsync(id)).Entries);
        MustGoOn();
    }

    public void Dispose() => _host.Dispose();

    private ValueTask<Reply> RemindAsync(Guid id) => _host.Instance(id).ExpireAsync(new CommandKey(Sample.NewKey(), null), Deadline.Decision);

    private async Task<Guid> WaitingAsync()
    {
        var policy = Life.Json("""{"policy_id":"p","version":"1","evaluator":"rules","rules":[{"when":{"step":"deploy"},"decision":"REQUIRE_HUMAN","eligible_approver_roles":["sre"],"timeout":"PT30M"}],"default":{"decision":"ALLOW"}}""");
        var workflow = Life.Json("""{"workflow_id":"w","version":"1","materiality":"LOW","policy_version_id":"p@1","queue":"q","steps":[{"step":"deploy"}]}""");
        Assert.Null((await _host.Policy("p@1").RegisterAsync(WorkingSilo.Caller(Life.Person("author")), "payments", policy)).Refusal);
        Assert.Null((await _host.Workflow("w", "1").RegisterAsync(WorkingSilo.Caller(Life.Person("author")), "payments", workflow)).Refusal);
        var caller = WorkingSilo.Caller(Life.Agent);
        var id = _host.NewInstanceId(caller.Key);
        Assert.Null((await _host.Instance(id).CreateAsync(caller, new Creation("w", "1", "payments", Life.Json("{}")))).Refusal);
        Assert.Null((await _host.Instance(id).RequestAuthorityAsync(WorkingSilo.Caller(Life.Agent), "deploy", Life.Json("{}"))).Refusal);
        return id;
    }

    // In order within the instance, and VALID as a whole.
    private void MustGoOn()
    {
        var times = _log.Entries.Where(entry => entry.Entry.Subject.Type == SubjectType.Instance).Select(entry => entry.Entry.At).ToList();
        Assert.Equal(times.Order(), times);
        var report = Verifier.Verify(new MemoryStream(_log.Export(payloads: true).ToBytes()), _log.Keys());
        Assert.True(report.Verdict == Verdict.Valid, report.Finding.ToString());
    }

    private sealed class CountedTime : TimeProvider
    {
        private long _passed;

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override long GetTimestamp() => _passed;

        public void Pass(TimeSpan span) => _passed += span.Ticks;
    }
}
