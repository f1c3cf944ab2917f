using Gantral.Silo.Tests.Gateway;
using Gantral.Silo.Tests.Ledger;

namespace Gantral.Silo.Tests.AuthorityApi;

/// <summary>Connections: references that runners resolve, and nothing of what they refer to.</summary>
public sealed class ConnectionRouteTests(LedgerServer server) : IClassFixture<LedgerServer>, IAsyncLifetime
{
    private const string Author = "wilma: gantral.author";
    private const string Runner = "runner! gantral.runner";

    private ServedSilo _silo = null!;

    public async Task InitializeAsync() => _silo = await ServedSilo.StartAsync(server.Database);

    public Task DisposeAsync() => _silo.DisposeAsync().AsTask();

    [Theory]
    [InlineData("vault://kv/payments#token")]
    [InlineData("k8s://payments/db#password")]
    [InlineData("env://DB_TOKEN")]
    [InlineData("file:///run/secrets/db")]
    [InlineData("vault://kv/risk-desk/monkeyJar#basic-akia")]
    public async Task A_reference_is_kept_and_read_by_the_runners_of_its_team(string reference)
    {
        var made = await RegisterAsync("db", "1", reference);

        Assert.Equal((201, "/v1/connections/db/versions/1"), (made.Status, made.Headers.Location!.OriginalString));
        Assert.Equal(reference, (string?)(await _silo.GetAsync(Runner, "/v1/connections/db/versions/1")).Body!["reference"]);
        (await _silo.GetAsAsync(_silo.Token(Runner, "strangers"), "/v1/connections/db/versions/1")).IsProblem(404, "not_found");
        Assert.Empty((await _silo.GetAsAsync(_silo.Token(Runner, "strangers"), "/v1/connections")).Body!["connections"]!.AsArray());
    }

    [Theory]
    [InlineData("ghp_16C7e42F292c6912E7710c838347Ae178B4a", "looks like a secret")]
    [InlineData("-----BEGIN PRIVATE KEY-----", "looks like a secret")]
    [InlineData("sk-proj-0123456789", "looks like a secret")]
    [InlineData("eyJhbGciOiJFUzI1NiJ9.e30.c2ln", "looks like a secret")]
    [InlineData("postgres://app:hunter2@db/payments", "looks like a secret")]
    [InlineData("vault://kv/x?password=hunter2", "looks like a secret")]
    [InlineData("hunter2", "must be a reference")]
    [InlineData("vault://kv/a b", "must be a reference")]
    [InlineData("https://vault.example.com/kv", "no such place")]
    [InlineData("data:text/plain,hunter2", "no such place")]
    [InlineData("", "is missing")]
    public async Task What_is_no_reference_is_refused_with_a_sentence_and_kept_nowhere(string reference, string why)
    {
        var refused = (await RegisterAsync("bad", "1", reference)).IsProblem(400, "invalid_body");

        Assert.StartsWith("/reference ", refused.Detail, StringComparison.Ordinal);
        Assert.Contains(why, refused.Detail, StringComparison.Ordinal);
        Assert.DoesNotContain("hunter2", refused.Detail, StringComparison.Ordinal);
        (await _silo.GetAsync(Author, "/v1/connections/bad/versions/1")).IsProblem(404, "not_found");
    }

    [Fact]
    public async Task A_version_never_changes_and_the_same_again_is_the_same()
    {
        await RegisterAsync("api", "1", "vault://kv/one");
        var again = await RegisterAsync("api", "1", "vault://kv/one");

        Assert.Equal(201, again.Status);
        (await RegisterAsync("api", "1", "vault://kv/two")).IsProblem(409, "version_exists");
        Assert.Equal(201, (await RegisterAsync("api", "2", "vault://kv/two")).Status);
    }

    [Fact]
    public async Task A_list_is_read_page_by_page()
    {
        foreach (var version in new[] { "1", "2", "3" })
        {
            await RegisterAsync("many", version, "vault://kv/many");
        }

        var first = (await _silo.GetAsync(Runner, "/v1/connections?limit=2")).Body!;
        var second = (await _silo.GetAsync(Runner, $"/v1/connections?limit=2&cursor={(string)first["next_cursor"]!}")).Body!;

        Assert.Equal(["1", "2"], first["connections"]!.AsArray().Select(one => (string)one!["version"]!));
        Assert.Equal("3", (string?)Assert.Single(second["connections"]!.AsArray())!["version"]);
        Assert.Null((string?)second["next_cursor"]);
        (await _silo.GetAsync(Runner, "/v1/connections?cursor=eA")).IsProblem(400, "invalid_body");
    }

    private Task<Answered> RegisterAsync(string id, string version, string reference) =>
        _silo.PostAsync(Author, "/v1/connections", $$"""{"connection_id":"{{id}}","version":"{{version}}","reference":"{{reference}}"}""");
}
