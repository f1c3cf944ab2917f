using Gantral.Grains.Ledger;
using Gantral.Silo.Gateway;
using Gantral.Silo.Gateway.Health;
using Gantral.Silo.Tests.Embedded;

namespace Gantral.Silo.Tests.Gateway;

/// <summary>What happens around every request.</summary>
public sealed class GuardTests
{
    [Theory]
    [InlineData("GET", "/nowhere")]
    [InlineData("GET", "/v1")]
    [InlineData("GET", "/v1/instances/a/b")]
    [InlineData("POST", "/v2/instances")]
    [InlineData("GET", "/healthz")]
    public async Task A_path_that_is_nowhere_is_a_problem(string method, string path)
    {
        await using var api = await ServedApi.StartAsync();

        (await api.SendAsync(ServedApi.Request(method, path))).IsProblem(404, "not_found");
    }

    [Theory]
    [InlineData("DELETE", "/v1/instances", "GET, POST")]
    [InlineData("PUT", "/v1/decisions", "POST")]
    [InlineData("POST", "/v1/decisions/pending", "GET")]
    [InlineData("POST", "/healthz/live", "GET")]
    public async Task Another_method_is_a_problem_that_names_the_right_ones(string method, string path, string allowed)
    {
        await using var api = await ServedApi.StartAsync();
        var answered = (await api.SendAsync(ServedApi.Request(method, path))).IsProblem(405, "method_not_allowed");

        Assert.Equal(allowed.Split(", "), answered.ContentHeaders.Allow.Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("evil.example")]
    [InlineData("evil.example:{port}")]
    [InlineData("127.0.0.1")]
    [InlineData("127.0.0.1:1")]
    [InlineData("127.0.0.1.evil.example:{port}")]
    [InlineData("localhost.:{port}")]
    [InlineData("user@localhost:{port}")]
    public async Task A_name_that_is_not_this_machines_is_refused(string host)
    {
        await using var api = await ServedApi.StartAsync();
        var request = ServedApi.Request("GET", "/healthz/live");
        request.Headers.TryAddWithoutValidation("Host", host.Replace("{port}", $"{api.Address.Port}", StringComparison.Ordinal));
        using var response = await api.Client.SendAsync(request);

        // One that is no host at all the server itself turns away.
        Assert.Equal(host.Contains('@', StringComparison.Ordinal) ? 400 : 403, (int)response.StatusCode);
    }

    [Theory]
    [InlineData("localhost", null)]
    [InlineData("LOCALHOST", null)]
    [InlineData("[::1]", null)]
    [InlineData("127.0.0.1", "http://localhost:{port}")]
    public async Task This_machines_own_names_are_let_in(string host, string? origin)
    {
        await using var api = await ServedApi.StartAsync();

        Assert.Equal(200, (await CallAsync(api, $"{host}:{api.Address.Port}", origin)).Status);
    }

    [Theory]
    [InlineData("null")]
    [InlineData("http://evil.example")]
    [InlineData("https://localhost:{port}")]
    [InlineData("http://localhost:{port}.evil.example")]
    [InlineData("http://localhost:1")]
    public async Task A_page_of_another_origin_is_refused(string origin)
    {
        await using var api = await ServedApi.StartAsync();

        Assert.Contains("open the page from", (await CallAsync(api, $"localhost:{api.Address.Port}", origin)).IsProblem(403, "forbidden").Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_fails_unexpectedly_is_logged_and_not_shown()
    {
        await using var api = await ServedApi.StartAsync();
        api.Grains.Answer = () => throw new InvalidOperationException("secret detail");
        api.Grains.Instances[Samples.Id] = Samples.Running();

        var answered = (await api.PostAsync($"/v1/instances/{Samples.Id}/start", "{}")).IsProblem(500, "internal_error");

        Assert.DoesNotContain("secret", answered.Body!.ToJsonString(), StringComparison.Ordinal);
        Assert.True(api.Log.Says(1300));
    }

    [Fact]
    public async Task A_ledger_that_cannot_be_read_is_told_as_such()
    {
        await using var api = await ServedApi.StartAsync();
        api.Grains.Answer = () => throw new LedgerUnavailableException("connection refused");

        var answered = (await api.PostAsync("/v1/instances", """{"workflow_id":"deploy","workflow_version":"3"}""")).IsProblem(503, "storage_unavailable");

        Assert.NotNull(answered.Headers.RetryAfter);
        Assert.True(api.Log.Says(1301));
    }

    [Fact]
    public async Task Health_needs_no_token_and_names_what_does_not_hold()
    {
        await using var sound = await ServedApi.StartAsync(new Check("ledger", () => null));
        await using var unsound = await ServedApi.StartAsync(new Check("ledger", () => "The ledger is away."), new Check("clock", () => throw new InvalidOperationException("secret")));

        Assert.Equal(200, (await sound.SendAsync(ServedApi.Request("GET", "/healthz/live"))).Status);
        Assert.Equal(200, (await sound.SendAsync(ServedApi.Request("GET", "/healthz/ready"))).Status);
        Assert.Equal(200, (await unsound.SendAsync(ServedApi.Request("GET", "/healthz/live"))).Status);
        var answered = await unsound.SendAsync(ServedApi.Request("GET", "/healthz/ready"));
        Assert.Equal(503, answered.Status);
        Assert.Equal(
            ["ledger: The ledger is away.", "clock: It could not be checked; the log says why."],
            answered.Body!["checks"]!.AsArray().Select(check => $"{(string?)check!["name"]}: {(string?)check["detail"]}"));
    }

    [Fact]
    public async Task However_often_anybody_asks_readiness_is_looked_at_now_and_then()
    {
        var looked = 0;
        var hold = new TaskCompletionSource<string?>();
        await using var api = await ServedApi.StartAsync(new HeldCheck(() =>
        {
            Interlocked.Increment(ref looked);
            return hold.Task;
        }));
        var asked = Enumerable.Range(0, 20).Select(_ => api.SendAsync(ServedApi.Request("GET", "/healthz/ready"))).ToArray();
        await Until.TrueAsync(() => Volatile.Read(ref looked) > 0);
        hold.SetResult(null);

        Assert.All(await Task.WhenAll(asked), answered => Assert.Equal(200, answered.Status));
        Assert.InRange(looked, 1, 19);
    }

    [Fact]
    public async Task Stopping_does_not_wait_for_ever()
    {
        await using var api = await ServedApi.StartAsync(new GatewayOptions { Port = 0, LocalOnly = true, DrainTime = TimeSpan.FromMilliseconds(100) });
        var hold = new TaskCompletionSource();
        api.Hold = hold.Task;
        var request = api.GetAsync("/v1/instances");
        await api.ListingBegan.Task.WaitAsync(TestFolder.Patience);

        await api.StopAsync().WaitAsync(TestFolder.Patience);

        await Assert.ThrowsAsync<HttpRequestException>(() => request);
        hold.SetResult();
    }

    private static Task<Answered> CallAsync(ServedApi api, string host, string? origin)
    {
        var request = ServedApi.Request("GET", "/healthz/live");
        request.Headers.TryAddWithoutValidation("Host", host);
        if (origin is not null)
        {
            request.Headers.TryAddWithoutValidation("Origin", origin.Replace("{port}", $"{api.Address.Port}", StringComparison.Ordinal));
        }

        return api.SendAsync(request);
    }

    private sealed class Check(string name, Func<string?> fault) : IReadinessCheck
    {
        public string Name => name;

        public ValueTask<string?> FaultAsync(CancellationToken cancellation) => new(fault());
    }

    private sealed class HeldCheck(Func<Task<string?>> fault) : IReadinessCheck
    {
        public string Name => "held";

        public ValueTask<string?> FaultAsync(CancellationToken cancellation) => new(fault());
    }
}
