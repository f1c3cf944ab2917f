using Gantral.Silo.Gateway;
using Gantral.Silo.Gateway.Limits;
using Gantral.Silo.Hosting;
using Gantral.Silo.Tests.Embedded;

namespace Gantral.Silo.Tests.Gateway;

/// <summary>What one silo takes on, and what it says when that is exceeded. Nothing is counted anew while a test runs.</summary>
public sealed class LimitTests
{
    private const string Body = """{"workflow_id":"deploy","workflow_version":"3"}""";

    private static readonly LimitOptions Still = new() { Period = TimeSpan.FromDays(1) };

    [Fact]
    public async Task A_caller_who_asks_too_often_is_told_when_to_ask_again_whatever_tokens_it_has()
    {
        await using var api = await StartAsync(Still with { RequestsPerSecond = 3 });
        Assert.Equal([200, 200, 200], await ListAsync(api, "alice", "alice", "alice"));

        var answered = (await api.GetAsync("/v1/instances", api.Token(["gantral.auditor"], "alice"))).IsProblem(429, "rate_limited");

        Assert.Equal(TimeSpan.FromSeconds(1), answered.Headers.RetryAfter!.Delta);
        Assert.Contains("3 requests in a second", answered.Detail, StringComparison.Ordinal);
        (await api.PostAsync("/v1/instances", Body, api.Token(["gantral.operator"], "alice"))).IsProblem(429, "rate_limited");
        Assert.Empty(api.Grains.Asked);
        Assert.Equal([200, 200], await ListAsync(api, "bob", "bob"));
    }

    [Fact]
    public async Task Those_without_a_valid_token_hold_up_themselves_and_nobody_else()
    {
        await using var api = await StartAsync(Still with { UnauthenticatedPerSecond = 2 });
        foreach (var (token, status, code) in new[] { (null, 401, "unauthenticated"), ("wrong", 401, "unauthenticated"), (null, 429, "rate_limited"), ("other", 429, "rate_limited") })
        {
            (await api.SendAsync(ServedApi.Request("GET", "/v1/instances", token))).IsProblem(status, code);
        }

        Assert.Equal([200, 200, 200], await ListAsync(api, "alice", "alice", "alice"));
        Assert.Equal(200, (await api.SendAsync(ServedApi.Request("GET", "/healthz/live"))).Status);
    }

    [Fact]
    public void However_many_callers_are_made_up_the_memory_is_bounded_and_those_who_were_there_keep_what_is_theirs()
    {
        var limits = new RateLimits<int>(permits: 2, TimeSpan.FromDays(1), most: 10);
        Assert.True(limits.TryTake(0));
        var crowd = Enumerable.Range(1, 10_000).Count(limits.TryTake);

        Assert.Equal(10, limits.Count);
        // Nine with a bucket of their own, and two tokens for all the others.
        Assert.Equal(9 + 2, crowd);
        Assert.Equal((true, false), (limits.TryTake(0), limits.TryTake(0)));
    }

    [Fact]
    public void Callers_who_have_been_still_make_room_for_others()
    {
        var limits = new RateLimits<int>(permits: 1, TimeSpan.FromTicks(1), most: 10);

        Assert.All(Enumerable.Range(0, 1_000), caller => Assert.True(limits.TryTake(caller)));
        Assert.InRange(limits.Count, 1, 10);
    }

    [Fact]
    public async Task What_there_is_no_room_for_is_refused_at_once_and_what_takes_long_has_room_of_its_own()
    {
        await using var api = await StartAsync(Still with { InFlight = 1 });
        var hold = new TaskCompletionSource();
        api.Hold = hold.Task;
        var inside = api.GetAsync("/v1/instances");
        await api.ListingBegan.Task.WaitAsync(TestFolder.Patience);

        var full = (await api.PostAsync("/v1/instances", Body)).IsProblem(503, "overloaded");
        Assert.Equal(TimeSpan.FromSeconds(1), full.Headers.RetryAfter!.Delta);
        Assert.Empty(api.Grains.Asked);
        Assert.Equal(200, (await api.GetAsync("/v1/audit/logs/1/bundle")).Status);
        Assert.Equal(200, (await api.SendAsync(ServedApi.Request("GET", "/healthz/ready"))).Status);
        hold.SetResult();

        Assert.Equal(200, (await inside).Status);
        Assert.Equal(201, (await api.PostAsync("/v1/instances", Body)).Status);
    }

    [Fact]
    public async Task Reading_that_takes_too_long_is_answered_and_keeps_its_place_until_it_ends()
    {
        await using var api = await StartAsync(Still with { InFlight = 1, Patience = TimeSpan.FromMilliseconds(20) });
        var hold = new TaskCompletionSource();
        api.Hold = hold.Task;

        Assert.Contains("nothing was changed", (await api.GetAsync("/v1/instances")).IsProblem(503, "overloaded").Detail, StringComparison.Ordinal);
        Assert.Contains("as many requests", (await api.GetAsync("/v1/instances")).IsProblem(503, "overloaded").Detail, StringComparison.Ordinal);
        hold.SetResult();

        await Until.TrueAsync(async () => (await api.GetAsync("/v1/instances")).Status == 200);
        Assert.True(api.Log.Says(1303));
    }

    [Fact]
    public async Task A_command_that_takes_too_long_is_never_cut_and_the_same_key_tells_what_came_of_it()
    {
        await using var api = await StartAsync(Still with { Patience = TimeSpan.FromMilliseconds(20) });
        api.Grains.Instances[Samples.Id] = Samples.Running();
        var (path, hold) = ($"/v1/instances/{Samples.Id}/start", new TaskCompletionSource());
        api.Grains.Hold = hold.Task;

        var late = (await api.PostAsync(path, "{}", key: "first")).IsProblem(503, "overloaded");
        Assert.Contains("not known yet", late.Detail, StringComparison.Ordinal);
        Assert.Contains("same Idempotency-Key", late.Detail, StringComparison.Ordinal);
        Assert.True(late.Headers.ConnectionClose);
        Assert.Contains("no Idempotency-Key", (await api.PostAsync(path, "{}")).IsProblem(503, "overloaded").Detail, StringComparison.Ordinal);
        Assert.Empty(api.Grains.Asked);
        // Whoever comes meanwhile, with whatever key, changes nothing of what the first one asked for.
        api.Grains.Hold = Task.CompletedTask;
        Assert.Equal(200, (await api.PostAsync(path, "{}", key: "second")).Status);
        hold.SetResult();

        await Until.TrueAsync(() => api.Grains.Asked.Count == 3);
        Assert.Equal(200, (await api.PostAsync(path, "{}", key: "first")).Status);
        Assert.Equal(2, api.Grains.Asked.Count(asked => asked.Caller.Key == api.Grains.Asked[^1].Caller.Key));
    }

    [Theory]
    [InlineData("GET", "")]
    [InlineData("POST", "/start")]
    public async Task Grains_that_take_no_more_are_told_as_such_and_not_as_a_fault(string method, string operation)
    {
        await using var api = await StartAsync(Still);
        api.Grains.Hold = Task.FromException(new GrainHostBusyException("Too much is in memory; send the same request again in a moment."));
        var path = $"/v1/instances/{Samples.Id}{operation}";

        var answered = (await (method == "GET" ? api.GetAsync(path) : api.PostAsync(path, "{}"))).IsProblem(503, "overloaded");
        Assert.NotNull(answered.Headers.RetryAfter);
        Assert.False(api.Log.Says(1300));
    }

    [Fact]
    public async Task What_goes_wrong_after_its_caller_was_answered_is_logged()
    {
        await using var api = await StartAsync(Still with { Patience = TimeSpan.FromMilliseconds(20) });
        var hold = new TaskCompletionSource();
        api.Hold = hold.Task;
        (await api.GetAsync("/v1/instances")).IsProblem(503, "overloaded");
        hold.SetException(new InvalidOperationException("late"));

        await Until.TrueAsync(() => api.Log.Says(1300));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_body_of_a_hundred_megabytes_is_refused_and_never_held(bool saysLength)
    {
        await using var api = await StartAsync(Still);
        var sent = new Endless(100 * 1024 * 1024);
        var request = ServedApi.Request("POST", "/v1/instances", api.Token(["gantral.admin"]), new StreamContent(sent) { Headers = { ContentType = new("application/json") } });
        request.Headers.TransferEncodingChunked = !saysLength;
        request.Headers.ExpectContinue = true;

        if (saysLength)
        {
            (await api.SendAsync(request)).IsProblem(413, "too_large");
        }
        else
        {
            // Whoever says nothing of the length and goes on sending is hung up on, and may or may not have read why.
            Assert.Equal(413, await api.SendAsync(request).ContinueWith(sending => sending.IsCompletedSuccessfully ? sending.Result.Status : 413, TaskScheduler.Default));
        }

        // The buffers of the connection on both sides, and not the body.
        Assert.InRange(sent.Position, 0, 64 * 1024 * 1024);
        Assert.Empty(api.Grains.Asked);
    }

    private static Task<ServedApi> StartAsync(LimitOptions limits) => ServedApi.StartAsync(new GatewayOptions { Port = 0, LocalOnly = true, Limits = limits });

    private static async Task<List<int>> ListAsync(ServedApi api, params string[] actors)
    {
        var statuses = new List<int>();
        foreach (var actor in actors)
        {
            statuses.Add((await api.GetAsync("/v1/instances", api.Token(["gantral.admin"], actor))).Status);
        }

        return statuses;
    }

    /// <summary>So many bytes of nothing, and how many of them were asked for.</summary>
    private sealed class Endless(long length) : Stream
    {
        public override bool CanRead => true;

        public override bool CanSeek => true;

        public override bool CanWrite => false;

        public override long Length => length;

        public override long Position { get; set; }

        public override int Read(byte[] buffer, int offset, int count)
        {
            var read = (int)Math.Min(count, length - Position);
            buffer.AsSpan(offset, read).Fill((byte)' ');
            Position += read;
            return read;
        }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        public override void Flush()
        {
        }
    }
}
