using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using Gantral.Abstractions.Authority;
using Gantral.Abstractions.Commands;
using Gantral.Client;
using Gantral.Silo.Tests.AuthorityApi;
using Gantral.Silo.Tests.Client;
using Gantral.Silo.Tests.Embedded;
using Gantral.Silo.Tests.Ledger;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Gantral.Silo.Tests.Runners;

/// <summary>The loop of a runner against a real silo.</summary>
public sealed class GantralRunnerTests(LedgerServer server) : IClassFixture<LedgerServer>, IAsyncLifetime, IDisposable
{
    private const string Runner = "runner! gantral.runner";
    private static readonly EvidenceReference Reference = new("s3://bucket/1", $"sha256:{new string('a', 64)}");

    private readonly CancellationTokenSource _stopping = new(TestFolder.Patience);
    private ServedSilo _silo = null!;
    private GantralClient _client = null!;
    private GantralClient _people = null!;

    public async Task InitializeAsync()
    {
        _silo = await ServedSilo.StartAsync(server.Database);
        await _silo.RegisterAsync();
        _client = _silo.Client(Runner);
        _people = _silo.Client("alice: release-manager gantral.operator");
    }

    public async Task DisposeAsync() => await _silo.DisposeAsync();

    public void Dispose()
    {
        _client.Dispose();
        _people.Dispose();
        _stopping.Dispose();
    }

    [Fact]
    public async Task Work_is_begun_suspended_and_gone_on_with_after_a_decision()
    {
        var id = Guid.Parse(await _silo.RunningAsync());
        var seen = new ConcurrentQueue<(WorkKind, string?)>();
        var running = RunAsync(async (task, cancellation) =>
        {
            seen.Enqueue((task.Kind, task.Context?.ToJsonString()));
            if (task.Kind == WorkKind.Resume)
            {
                Assert.Equal(Reference, task.Checkpoint);
                return new Completed { Cost = new Money("USD", "0.31") };
            }

            var asked = await task.RequestAuthorityAsync("deploy", new JsonObject { ["environment"] = "production" }, cancellation);
            Assert.Equal(ExecutionState.WaitingForHuman, asked.State);
            return new Suspended(Reference);
        });
        await UntilAsync(id, ExecutionState.WaitingForHuman);
        await _people.DecideAsync(id, DecisionType.Override, new JsonObject { ["percent"] = 5 });
        await UntilAsync(id, ExecutionState.Completed);
        await StopAsync(running);

        Assert.Equal([(WorkKind.Start, "{}"), (WorkKind.Resume, """{"environment":"production","percent":5}""")], seen);
    }

    [Fact]
    public async Task What_the_work_throws_is_how_it_failed()
    {
        var id = Guid.Parse(await _silo.RunningAsync());
        var running = RunAsync((_, _) => throw new InvalidOperationException("no such branch"));
        await UntilAsync(id, ExecutionState.Terminated);
        await StopAsync(running);

        Assert.Equal(Reason.AgentFailed, (await _people.Instances.GetAsync(id)).Reason);
        Assert.Contains("InvalidOperationException: no such branch", (await _silo.GetAsync("ann: gantral.auditor", $"/v1/instances/{id}/history")).Body!.ToJsonString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_outcome_that_the_silo_does_not_take_ends_the_instance_and_says_why()
    {
        var id = Guid.Parse(await _silo.RunningAsync());
        var running = RunAsync(async (task, cancellation) =>
        {
            await task.RequestAuthorityAsync("deploy", cancellation: cancellation);
            return new Completed();
        });
        await UntilAsync(id, ExecutionState.Terminated);
        await StopAsync(running);

        Assert.Contains("The outcome Completed was refused", (await _silo.GetAsync("ann: gantral.auditor", $"/v1/instances/{id}/history")).Body!.ToJsonString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Work_that_is_lost_is_cancelled_and_nothing_is_reported()
    {
        var id = Guid.Parse(await _silo.RunningAsync());
        var (begun, cancelled) = (new TaskCompletionSource(), new TaskCompletionSource());
        var counted = new Counting();
        using var client = _silo.Client(Runner, counted);
        var running = RunAsync(
            async (_, cancellation) =>
            {
                begun.SetResult();
                await using var told = cancellation.Register(cancelled.SetResult);
                await cancelled.Task;
                return new Completed();
            },
            options => options with { Lease = TimeSpan.FromSeconds(1) },
            client);
        await begun.Task.WaitAsync(TestFolder.Patience);
        await _people.Instances.CancelAsync(id);
        await cancelled.Task.WaitAsync(TestFolder.Patience);
        await StopAsync(running);

        Assert.True(counted.Heartbeats > 0);
        Assert.Equal((0, Reason.Cancelled), (counted.Outcomes, (await _people.Instances.GetAsync(id)).Reason));
    }

    [Fact]
    public async Task Whoever_cannot_be_heard_for_a_whole_lease_stops_the_work_by_itself()
    {
        await _silo.RunningAsync();
        var cancelled = new TaskCompletionSource();
        var counted = new Counting { HeartbeatsAreLost = true };
        using var client = _silo.Client(Runner, counted);
        var running = RunAsync(
            async (_, cancellation) =>
            {
                await using var told = cancellation.Register(cancelled.SetResult);
                await cancelled.Task;
                return new Completed();
            },
            options => options with { Lease = TimeSpan.FromSeconds(1) },
            client);
        await cancelled.Task.WaitAsync(TestFolder.Patience);
        await StopAsync(running);

        Assert.True(counted.Heartbeats > 0);
        Assert.Equal(0, counted.Outcomes);
    }

    [Fact]
    public async Task An_outcome_whose_answer_is_lost_is_told_again_and_counts_once()
    {
        var id = Guid.Parse(await _silo.RunningAsync());
        var counted = new Counting { LostOutcomes = 2 };
        using var client = _silo.Client(Runner, counted);
        var running = RunAsync((_, _) => Task.FromResult<Outcome>(new Completed()), client: client);
        await Until.TrueAsync(() => counted.Outcomes == 3);
        await StopAsync(running);

        var entries = (await _silo.GetAsync("ann: gantral.auditor", $"/v1/instances/{id}/history")).Body!["entries"]!.AsArray();
        Assert.Equal(["CREATED", "RUNNING", "COMPLETED"], entries.Select(entry => (string)entry!["type"]!));
    }

    [Fact]
    public async Task A_question_that_got_no_answer_goes_again_under_the_same_key_and_the_next_one_under_another()
    {
        var id = Guid.Parse(await _silo.RunningAsync());
        var counted = new Counting { LostQuestions = 1 };
        using var client = _silo.Client(Runner, counted);
        var running = RunAsync(
            async (task, cancellation) =>
            {
                await Assert.ThrowsAsync<HttpRequestException>(() => task.RequestAuthorityAsync("plan", cancellation: cancellation));
                await task.RequestAuthorityAsync("plan", cancellation: cancellation);
                await task.RequestAuthorityAsync("plan", cancellation: cancellation);
                return new Completed();
            },
            client: client);
        await UntilAsync(id, ExecutionState.Completed);
        await StopAsync(running);

        Assert.Equal(3, counted.Keys.Count);
        Assert.Equal([true, false], counted.Keys.Zip(counted.Keys.Skip(1), (one, next) => one == next));
        var entries = (await _silo.GetAsync("ann: gantral.auditor", $"/v1/instances/{id}/history")).Body!["entries"]!.AsArray();
        Assert.Equal(2, entries.Count(entry => (string)entry!["type"]! == "STEP_ALLOWED"));
    }

    [Fact]
    public async Task A_silo_that_is_busy_or_away_is_asked_again()
    {
        var id = Guid.Parse(await _silo.RunningAsync());
        var counted = new Counting { LostClaims = 1 };
        using var client = _silo.Client(Runner, counted);
        var running = RunAsync((_, _) => Task.FromResult<Outcome>(new Completed()), client: client);
        await UntilAsync(id, ExecutionState.Completed);
        await StopAsync(running);

        Assert.True(counted.Claims >= 2);
    }

    [Fact]
    public async Task A_runner_that_may_not_fetch_work_says_so_at_once()
    {
        using var nobody = _silo.Client("nobody! gantral.operator");

        Assert.Equal(ProblemCode.Forbidden, (await Assert.ThrowsAsync<GantralException>(() => RunAsync((_, _) => Task.FromResult<Outcome>(new Completed()), client: nobody))).Code);
    }

    [Fact]
    public async Task A_stop_fetches_no_more_lets_what_runs_end_and_then_cancels_it()
    {
        var first = Guid.Parse(await _silo.RunningAsync());
        var (begun, release) = (new TaskCompletionSource(), new TaskCompletionSource());
        var running = RunAsync(async (_, cancellation) =>
        {
            begun.TrySetResult();
            await release.Task.WaitAsync(cancellation);
            return new Completed();
        });
        await begun.Task.WaitAsync(TestFolder.Patience);
        await _stopping.CancelAsync();
        var second = Guid.Parse(await _silo.RunningAsync());
        Assert.False(running.IsCompleted);
        release.SetResult();
        await running.WaitAsync(TestFolder.Patience);

        Assert.Equal(ExecutionState.Completed, (await _people.Instances.GetAsync(first)).State);
        Assert.Equal(ExecutionState.Running, (await _people.Instances.GetAsync(second)).State);

        var runner = new GantralRunner(_client, Options with { Patience = TimeSpan.Zero }, async (_, cancellation) =>
        {
            await new TaskCompletionSource().Task.WaitAsync(cancellation);
            return new Completed();
        });
        using var stop = new CancellationTokenSource();
        var cut = runner.RunAsync(stop.Token);
        await Until.TrueAsync(async () => (await _client.Queues.GetAsync("q")).AtWork == 1);
        await stop.CancelAsync();
        await cut.WaitAsync(TestFolder.Patience);
        Assert.Equal(ExecutionState.Running, (await _people.Instances.GetAsync(second)).State);
    }

    [Fact]
    public async Task As_much_is_done_at_once_as_was_said()
    {
        for (var number = 0; number < 5; number++)
        {
            await _silo.RunningAsync();
        }

        var (now, most, done, gate) = (0, 0, 0, new TaskCompletionSource());
        var running = RunAsync(
            async (_, _) =>
            {
                most = Math.Max(most, Interlocked.Increment(ref now));
                if (now == 3)
                {
                    gate.TrySetResult();
                }

                await gate.Task;
                Interlocked.Decrement(ref now);
                Interlocked.Increment(ref done);
                return new Completed();
            },
            options => options with { AtOnce = 3 });
        await Until.TrueAsync(() => Volatile.Read(ref done) == 5);
        await StopAsync(running);

        Assert.Equal(3, most);
    }

    [Fact]
    public async Task A_runner_lives_in_a_host_of_dotnet()
    {
        var id = Guid.Parse(await _silo.RunningAsync());
        var services = new ServiceCollection();
        services.AddSingleton(_client).AddSingleton(typeof(ILogger<>), typeof(NullLogger<>));
        services.AddGantralRunner(Options, (provider, _, _) => Task.FromResult<Outcome>(new Completed { Evidence = [provider.GetRequiredService<EvidenceReference>()] }));
        services.AddSingleton(Reference);
        await using var provider = services.BuildServiceProvider();
        var hosted = Assert.Single(provider.GetServices<IHostedService>());
        await hosted.StartAsync(CancellationToken.None);
        await UntilAsync(id, ExecutionState.Completed);
        await hosted.StopAsync(CancellationToken.None).WaitAsync(TestFolder.Patience);
    }

    private static GantralRunnerOptions Options => new() { Queue = "q", RunnerId = "r1", Wait = TimeSpan.FromSeconds(1) };

    private Task RunAsync(Func<RunnerTask, CancellationToken, Task<Outcome>> work, Func<GantralRunnerOptions, GantralRunnerOptions>? change = null, GantralClient? client = null) =>
        new GantralRunner(client ?? _client, change?.Invoke(Options) ?? Options, work).RunAsync(_stopping.Token);

    private async Task StopAsync(Task running)
    {
        await _stopping.CancelAsync();
        await running.WaitAsync(TestFolder.Patience);
    }

    private Task UntilAsync(Guid id, ExecutionState state) => Until.TrueAsync(async () => (await _people.Instances.GetAsync(id)).State == state);
}
