using Gantral.Abstractions.Grains;

namespace Gantral.Silo.Tests.Gateway;

public sealed class IdempotencyTests : IAsyncLifetime
{
    private const string Body = """{"workflow_id":"deploy","workflow_version":"3","owning_team_id":"payments"}""";
    private ServedApi _api = null!;

    public async Task InitializeAsync()
    {
        _api = await ServedApi.StartAsync();
        _api.Grains.Instances[Samples.Id] = Samples.Running();
    }

    public async Task DisposeAsync() => await _api.DisposeAsync();

    [Fact]
    public async Task The_same_request_again_is_the_same_command_however_it_is_spelled() =>
        Assert.Equal(await KeyAsync(Body, "k"), await KeyAsync("""{ "owning_team_id":"payments", "workflow_version":"\u0033", "workflow_id":"deploy" }""", "k"));

    [Fact]
    public async Task Another_body_or_path_under_the_same_key_is_the_same_command_with_another_request()
    {
        var first = await KeyAsync(Body, "k");
        var otherBody = await KeyAsync($"{Body[..^1]},\"start\":false}}", "k");
        var start = await KeyAsync("{}", "k", $"/v1/instances/{Samples.Id}/start");
        var cancel = await KeyAsync("{}", "k", $"/v1/instances/{Samples.Id}/cancel");

        Assert.Single(new[] { first, otherBody, start, cancel }.Select(key => key.CommandId).Distinct());
        Assert.Equal(4, new[] { first, otherBody, start, cancel }.Select(key => key.RequestHash).Distinct().Count());
    }

    [Fact]
    public async Task A_key_belongs_to_whoever_uses_it_for_the_team_it_is_used_for()
    {
        string[] both = ["payments", "risk"];
        var mine = await KeyAsync(Body, "k");
        CommandKey[] others =
        [
            await KeyAsync(Body, "k2"),
            await KeyAsync(Body, "k", token: _api.Token(["gantral.admin"], actor: "bob")),
            await KeyAsync(Body.Replace("payments", "risk", StringComparison.Ordinal), "k", token: _api.Token(["gantral.admin"], teams: both)),
            // Where one part ends and the next begins must show in the hash.
            await KeyAsync(Body, "sk", token: _api.Token(["gantral.admin"], actor: "alicepayment")),
        ];

        Assert.DoesNotContain(mine.CommandId, others.Select(key => key.CommandId));
        Assert.Equal(mine.CommandId, (await KeyAsync(Body, "k", token: _api.Token(["gantral.admin"], teams: both))).CommandId);
    }

    [Fact]
    public async Task Without_a_key_every_request_is_a_command_of_its_own()
    {
        var first = await KeyAsync(Body, null);
        var second = await KeyAsync(Body, null);

        Assert.NotEqual(first.CommandId, second.CommandId);
        Assert.Null(first.RequestHash);
    }

    private async Task<CommandKey> KeyAsync(string body, string? key, string path = "/v1/instances", string? token = null)
    {
        _api.Grains.Asked.Clear();
        Assert.InRange((await _api.PostAsync(path, body, token, key)).Status, 200, 201);
        return Assert.Single(_api.Grains.Asked).Caller.Key;
    }
}
