using Gantral.Silo.Tests.Embedded;
using Gantral.Silo.Tests.Gateway;
using Gantral.Silo.Tests.Policies;
using Gantral.Silo.Tests.WholeLife;

namespace Gantral.Silo.Tests.Startup;

/// <summary>The real executable, told to stop while it has a request in its hands.</summary>
public sealed class DrainTests : IAsyncLifetime, IDisposable
{
    private readonly SiloUnderTest _silo = new() { Settings = [("Gantral__DrainNoticeSeconds", "3")] };

    public Task InitializeAsync() => _silo.StartAsync();

    public Task DisposeAsync() => _silo.DisposeAsync();

    public void Dispose() => _silo.Dispose();

    [Fact]
    public async Task It_says_at_once_that_it_is_not_ready_stops_accepting_and_finishes_what_it_has()
    {
        await using var service = await PolicyService.OpenAsync();
        await MadeAsync("paul: gantral.policy_author", "/v1/policies", $$"""{"policy_id":"slow","version":"1","evaluator":"http","url":"{{service.Url}}","shape":"gantral","timeout":"PT10S"}""");
        await MadeAsync("wilma: gantral.author", "/v1/workflows", """{"workflow_id":"deploy","version":"1","materiality":"HIGH","policy_version_id":"slow@1","queue":"q","steps":[{"step":"deploy","governed":true}]}""");
        var id = (string)(await MadeAsync("agent! gantral.operator", "/v1/instances", """{"workflow_id":"deploy","workflow_version":"1"}""")).Body!["instance_id"]!;
        var (asked, answer) = (new TaskCompletionSource(), new TaskCompletionSource());
        service.Answer = async context =>
        {
            asked.SetResult();
            await answer.Task;
            await PolicyService.Json(context, """{"decision":"REQUIRE_HUMAN","eligible_approver_roles":["release-manager"]}""");
        };
        var inFlight = _silo.PostAsync("agent! gantral.operator", $"/v1/instances/{id}/authority", """{"step":"deploy"}""");
        await asked.Task.WaitAsync(TestFolder.Patience);

        var ended = _silo.StopAsync();
        await Until.TrueAsync(async () => await StatusAsync("/healthz/ready") == 503);
        await Until.TrueAsync(async () => await StatusAsync("/healthz/live") is null);
        Assert.False(ended.IsCompleted);
        Assert.False(inFlight.IsCompleted);
        answer.SetResult();

        Assert.Equal("WAITING_FOR_HUMAN", (string?)(await inFlight.WaitAsync(TestFolder.Patience)).Body!["state"]);
        Assert.Equal(0, await ended.WaitAsync(TestFolder.Patience));
        await _silo.StartAsync();
        Assert.Equal("WAITING_FOR_HUMAN", (string?)(await _silo.GetAsync("agent! gantral.operator", $"/v1/instances/{id}")).Body!["state"]);
    }

    // Over a new connection each time, as those do who look from outside.
    private async Task<int?> StatusAsync(string path)
    {
        using var client = new HttpClient();
        try
        {
            using var response = await client.GetAsync(new Uri(_silo.Address, path));
            return (int)response.StatusCode;
        }
        catch (HttpRequestException)
        {
            return null;
        }
    }

    private async Task<Answered> MadeAsync(string who, string path, string body)
    {
        var made = await _silo.PostAsync(who, path, body);
        Assert.True(made.Status == 201, made.Body?.ToJsonString());
        return made;
    }
}
