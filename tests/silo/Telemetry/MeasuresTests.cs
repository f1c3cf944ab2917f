using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using Gantral.Abstractions.Policy;
using Gantral.Silo.Telemetry;
using Gantral.Silo.Tests.Hosting;
using Gantral.Silo.Tests.Identity;
using Gantral.Silo.Tests.Ledger;

namespace Gantral.Silo.Tests.Telemetry;

/// <summary>What a silo does is measured where it happens, and remembered for a short while.</summary>
public sealed class MeasuresTests(LedgerServer server) : IClassFixture<LedgerServer>
{
    [Fact]
    public void Seconds_are_told_once_they_are_over_the_oldest_first_and_then_forgotten()
    {
        var clock = new SteppedClock();
        var recent = new RecentSeconds(clock);
        recent.Committed(3);
        recent.Committed(2);
        recent.Told(TimeSpan.FromMilliseconds(40));
        recent.Told(TimeSpan.FromMilliseconds(7));
        Assert.Equal(0, recent.Read().Transitions.Sum());

        clock.Pass(TimeSpan.FromSeconds(1));
        recent.Committed(1);
        clock.Pass(TimeSpan.FromSeconds(1));
        var now = recent.Read();
        Assert.Equal([5, 1], now.Transitions.TakeLast(2));
        Assert.Equal([TimeSpan.FromMilliseconds(40), null], now.StreamLag.TakeLast(2));

        clock.Pass(TimeSpan.FromSeconds(RecentSeconds.Length - 1));
        Assert.Equal(1, recent.Read().Transitions[0]);
        Assert.Equal(1, recent.Read().Transitions.Sum());
        clock.Pass(TimeSpan.FromSeconds(1));
        Assert.Equal(0, recent.Read().Transitions.Sum());
    }

    [Theory]
    [InlineData(0.05, 0)]
    [InlineData(0.1, 0)]
    [InlineData(0.2, 1)]
    [InlineData(2500, 13)]
    [InlineData(9000, 14)]
    public void A_time_belongs_to_the_first_step_that_is_not_below_it(double milliseconds, int step) =>
        Assert.Equal(step, LatencyBounds.StepOf(TimeSpan.FromMilliseconds(milliseconds)));

    [Fact]
    public async Task Transitions_and_what_policies_say_are_counted_by_bounded_labels()
    {
        var measured = new ConcurrentDictionary<string, double>();
        using var listener = new MeterListener
        {
            InstrumentPublished = (instrument, me) =>
            {
                if (instrument.Meter.Name == "Gantral")
                {
                    me.EnableMeasurementEvents(instrument);
                }
            },
        };
        listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) => Take(instrument, value, tags));
        listener.SetMeasurementEventCallback<int>((instrument, value, tags, _) => Take(instrument, value, tags));
        listener.SetMeasurementEventCallback<double>((instrument, _, tags, _) => Take(instrument, 1, tags));
        listener.Start();

        await using (var silo = await WorkingSilo.StartAsync(server.Database))
        {
            await silo.ApproveAsync(await silo.WaitingAsync());
        }

        // Other tests commit in this process as well: there is at least what this one did.
        Assert.True(measured["gantral.transitions type=CREATED"] >= 1, string.Join(", ", measured.Keys));
        Assert.True(measured["gantral.transitions type=WAITING_FOR_HUMAN"] >= 1);
        Assert.True(measured["gantral.transitions type=APPROVED"] >= 1);
        Assert.True(measured["gantral.policy.duration outcome=REQUIRE_HUMAN"] >= 1);
        Assert.True(measured["gantral.commit.batch.size "] >= 3);
        Assert.DoesNotContain(measured.Keys, key => key.Contains("POLICY_REGISTERED", StringComparison.Ordinal));

        void Take(Instrument instrument, double value, ReadOnlySpan<KeyValuePair<string, object?>> tags) =>
            measured.AddOrUpdate($"{instrument.Name} {string.Join(',', tags.ToArray().Select(tag => $"{tag.Key}={tag.Value}"))}", value, (_, sum) => sum + value);
    }

    [Fact]
    public void Counting_takes_no_memory()
    {
        var measures = new SiloMeasures(TimeProvider.System);
        var answer = new PolicyAnswer.Unavailable();
        measures.Asked(answer, TimeSpan.FromMilliseconds(1));
        measures.Told(TimeSpan.Zero);
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var times = 0; times < 1000; times++)
        {
            measures.Asked(answer, TimeSpan.FromMilliseconds(times));
            measures.Told(TimeSpan.FromMilliseconds(times));
        }

        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
    }
}
