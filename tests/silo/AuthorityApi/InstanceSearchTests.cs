using Gantral.Silo.Tests.Ledger;

namespace Gantral.Silo.Tests.AuthorityApi;

/// <summary>Instances, found by what people remember of them.</summary>
public sealed class InstanceSearchTests(LedgerServer server) : IClassFixture<LedgerServer>, IAsyncLifetime
{
    private const string Anybody = "ann:";

    private ServedSilo _silo = null!;

    public async Task InitializeAsync()
    {
        _silo = await ServedSilo.StartAsync(server.Database);
        await _silo.RegisterAsync();
    }

    public Task DisposeAsync() => _silo.DisposeAsync().AsTask();

    [Fact]
    public async Task They_are_found_by_the_beginning_of_an_id_and_by_a_part_of_a_name()
    {
        var (first, second) = (await _silo.RunningAsync(), await _silo.RunningAsync());

        Assert.Equal([first], await FindAsync($"text={first}"));
        Assert.Equal([first], await FindAsync($"text={first.ToUpperInvariant()[..30]}"));
        Assert.Equal([second, first], await FindAsync($"text={_silo.Name.ToUpperInvariant()[4..20]}"));
        Assert.Equal([second, first], await FindAsync($"text={Uri.EscapeDataString($"{_silo.Name[20..]}@1")}"));
        Assert.Empty(await FindAsync("text=100%25"));
        Assert.Empty(await FindAsync("text=_"));
    }

    [Fact]
    public async Task They_are_found_by_when_they_were_created()
    {
        var first = await _silo.RunningAsync();
        var at = (string)(await _silo.GetAsync(Anybody, $"/v1/instances/{first}")).Body!["created_at"]!;
        string second;
        do
        {
            second = await _silo.RunningAsync();
        }
        while ((string)(await _silo.GetAsync(Anybody, $"/v1/instances/{second}")).Body!["created_at"]! == at);

        var begins = (string)(await _silo.GetAsync(Anybody, $"/v1/instances/{second}")).Body!["created_at"]!;
        Assert.Equal([second], await FindAsync($"since={begins}"));
        Assert.Equal(first, (await FindAsync($"until={begins}"))[^1]);
        Assert.DoesNotContain(second, await FindAsync($"until={begins}"));
        Assert.Empty(await FindAsync($"since={begins}&until={at}"));
        (await _silo.GetAsync(Anybody, "/v1/instances?since=yesterday")).IsProblem(400, "invalid_body");
    }

    private async Task<List<string>> FindAsync(string query) =>
        [.. (await _silo.GetAsync(Anybody, $"/v1/instances?{query}")).Body!["instances"]!.AsArray().Select(instance => (string)instance!["instance_id"]!)];
}
