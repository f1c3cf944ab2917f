using System.Net;
using Gantral.Silo.Tests.AuthorityApi;
using Gantral.Silo.Tests.Embedded;
using Gantral.Silo.Tests.Gateway;
using Gantral.Silo.Tests.Ledger;

namespace Gantral.Silo.Tests.Streams;

/// <summary>Asking for an instance once more, or as soon as it has changed.</summary>
public sealed class LongPollTests(LedgerServer server) : IClassFixture<LedgerServer>, IAsyncLifetime, IDisposable
{
    private const string Approver = "alice: release-manager";

    private readonly HttpClient _client = new();
    private ServedSilo _silo = null!;
    private ServedSilo _other = null!;
    private Sample _life = null!;

    private string Path => $"/v1/instances/{_life.InstanceId:D}";

    public async Task InitializeAsync()
    {
        (_silo, _other) = (await ServedSilo.StartAsync(server.Database), await ServedSilo.StartAsync(server.Database));
        var binding = await Sample.BindAsync(_silo.Silo.Ledger, $"{_silo.Name}-life", _silo.Name);
        _life = new Sample(_other.Silo.Ledger, LedgerDatabase.NewId(3));
        await _life.DoAsync(life => life.Create(binding));
        await _life.DoAsync(life => life.Request(Sample.Ask));
    }

    public async Task DisposeAsync()
    {
        await _silo.DisposeAsync();
        await _other.DisposeAsync();
    }

    public void Dispose() => _client.Dispose();

    [Fact]
    public async Task Whoever_has_it_already_is_told_so_without_a_body()
    {
        using var first = await GetAsync(Path);
        using var again = await GetAsync(Path, first.Headers.ETag!.Tag);
        using var any = await GetAsync(Path, "*");
        using var older = await GetAsync(Path, "\"0123\"");
        using var several = await GetAsync(Path, $"W/\"0123\", {first.Headers.ETag.Tag}");

        Assert.False(first.Headers.ETag.IsWeak);
        Assert.Equal([HttpStatusCode.NotModified, HttpStatusCode.NotModified, HttpStatusCode.OK, HttpStatusCode.NotModified], new[] { again, any, older, several }.Select(one => one.StatusCode));
        Assert.Equal((first.Headers.ETag, ""), (again.Headers.ETag, await again.Content.ReadAsStringAsync()));
        Assert.Equal(await first.Content.ReadAsStringAsync(), await older.Content.ReadAsStringAsync());
        await _life.DoAsync(life => life.Decide());
        using var changed = await GetAsync(Path, first.Headers.ETag.Tag);
        Assert.NotEqual(first.Headers.ETag, changed.Headers.ETag);
    }

    [Fact]
    public async Task Versions_never_change_and_say_so()
    {
        await _silo.RegisterAsync();
        foreach (var path in new[] { $"/v1/policies/{_silo.Name}@1", $"/v1/workflows/{_silo.Name}/versions/1" })
        {
            using var first = await GetAsync(path);
            using var again = await GetAsync(path, first.Headers.ETag!.Tag);

            Assert.Equal((HttpStatusCode.OK, HttpStatusCode.NotModified), (first.StatusCode, again.StatusCode));
        }
    }

    [Fact]
    public async Task Without_a_tag_it_waits_while_a_person_is_waited_for_and_wakes_on_another_silos_commit()
    {
        var waiting = GetAsync($"{Path}?wait=PT60S");
        await Until.TrueAsync(() => _silo.Streams.Listeners == 1);
        await _life.DoAsync(life => life.Decide());

        using var answered = await waiting.WaitAsync(TestFolder.Patience / 2);
        Assert.Equal("RESUMED", (string?)(await Answered.ReadAsync(answered)).Body!["state"]);
        await Until.TrueAsync(() => _silo.Streams.Listeners == 0);

        // Nobody is waited for any more, so it is answered at once.
        using var now = await GetAsync($"{Path}?wait=PT60S").WaitAsync(TestFolder.Patience / 2);
        Assert.Equal(HttpStatusCode.OK, now.StatusCode);
    }

    [Fact]
    public async Task With_a_tag_it_waits_for_any_change_whatever_the_state()
    {
        await _life.DoAsync(life => life.Decide());
        using var known = await GetAsync(Path);
        var waiting = GetAsync($"{Path}?wait=PT60S", known.Headers.ETag!.Tag);
        await Until.TrueAsync(() => _silo.Streams.Listeners == 1);
        Assert.False(waiting.IsCompleted);
        await _life.DoAsync(life => life.Resume());

        using var answered = await waiting.WaitAsync(TestFolder.Patience / 2);
        Assert.Equal("RUNNING", (string?)(await Answered.ReadAsync(answered)).Body!["state"]);
    }

    [Fact]
    public async Task What_changes_elsewhere_does_not_end_the_wait_and_the_end_of_patience_does()
    {
        using var known = await GetAsync(Path);
        var waiting = GetAsync($"{Path}?wait=PT0.5S", known.Headers.ETag!.Tag);
        await Writers.LiveAsync(_other.Silo.Ledger, _life.Instance!.Binding, 3, 3);

        using var answered = await waiting;
        Assert.Equal(HttpStatusCode.NotModified, answered.StatusCode);
        using var untagged = await GetAsync($"{Path}?wait=PT0.1S");
        Assert.Equal("WAITING_FOR_HUMAN", (string?)(await Answered.ReadAsync(untagged)).Body!["state"]);
    }

    [Fact]
    public async Task Whoever_waits_holds_no_connection_to_the_database()
    {
        var waiting = Enumerable.Range(0, 60).Select(_ => GetAsync($"{Path}?wait=PT60S")).ToList();
        await Until.TrueAsync(() => _silo.Streams.Listeners == 60);
        await Until.TrueAsync(async () => await Query.AskAsync<long>(server.Database.Owner, "SELECT count(*) FROM pg_stat_activity WHERE usename = 'gantral_serving' AND state LIKE 'idle in transaction%'") == 0);
        Assert.Equal(HttpStatusCode.OK, (await GetAsync(Path)).StatusCode);
        await _life.DoAsync(life => life.Decide());

        Assert.All(await Task.WhenAll(waiting), answered => Assert.Equal(HttpStatusCode.OK, answered.StatusCode));
    }

    [Fact]
    public async Task A_silo_that_stops_answers_whoever_waits()
    {
        var waiting = GetAsync($"{Path}?wait=PT60S");
        await Until.TrueAsync(() => _silo.Streams.Listeners == 1);
        var stopping = _silo.StopAsync();

        using var answered = await waiting.WaitAsync(TestFolder.Patience / 2);
        Assert.Equal("WAITING_FOR_HUMAN", (string?)(await Answered.ReadAsync(answered)).Body!["state"]);
        await stopping.WaitAsync(TestFolder.Patience);
    }

    [Fact]
    public async Task Whoever_hangs_up_is_not_waited_for()
    {
        using var hangUp = new CancellationTokenSource();
        var waiting = GetAsync($"{Path}?wait=PT60S", cancellation: hangUp.Token);
        await Until.TrueAsync(() => _silo.Streams.Listeners == 1);
        await hangUp.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
        await Until.TrueAsync(() => _silo.Streams.Listeners == 0);
    }

    [Theory]
    [InlineData("PT61S")]
    [InlineData("-PT1S")]
    [InlineData("30")]
    [InlineData("soon")]
    [InlineData("P1000000000000000D")]
    [InlineData("PT00000000000000000000000000000000000000000000000001S")]
    public async Task A_wait_that_is_none_is_refused_with_what_one_looks_like(string wait)
    {
        Assert.Contains("PT30S", (await _silo.GetAsync(Approver, $"{Path}?wait={wait}")).IsProblem(400, "invalid_body").Detail, StringComparison.Ordinal);
        (await _silo.GetAsync(Approver, $"{Path}?waits=PT1S")).IsProblem(400, "invalid_body");
    }

    [Fact]
    public async Task Of_another_teams_instance_nobody_can_wait()
    {
        (await _silo.GetAsAsync(_silo.Token("mallory: gantral.admin", "strangers"), $"{Path}?wait=PT60S")).IsProblem(404, "not_found");
        Assert.Equal(0, _silo.Streams.Listeners);
    }

    private async Task<HttpResponseMessage> GetAsync(string path, string? known = null, CancellationToken cancellation = default)
    {
        var request = ServedApi.Request("GET", new Uri(_silo.Address, path).ToString(), _silo.Token(Approver));
        if (known is not null)
        {
            request.Headers.TryAddWithoutValidation("If-None-Match", known);
        }

        return await _client.SendAsync(request, cancellation);
    }
}
