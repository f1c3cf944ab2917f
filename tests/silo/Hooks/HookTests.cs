using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using Gantral.Silo.Tests.Gateway;
using Gantral.Silo.Tests.Ledger;
using Gantral.Silo.Tests.Webhooks;

namespace Gantral.Silo.Tests.Hooks;

/// <summary>Messages as GitHub sends and signs them, to a silo that anybody may write to.</summary>
public sealed class HookTests(LedgerServer server) : IClassFixture<LedgerServer>
{
    private const string Secret = "It's a Secret to Everybody";
    private const string Push = """{"ref":"refs/heads/main","repository":{"full_name":"acme/shop","private":true},"commits":[{"id":"c0ffee","message":"internal"}],"size":3}""";

    [Fact]
    public async Task A_message_that_is_signed_starts_the_workflow_with_what_was_declared_and_nothing_else()
    {
        await using var api = await HookedAsync();
        var started = await SendAsync(api, Push, Secret);

        Assert.Equal(202, started.Status);
        var instance = (await api.Silo.GetAsync("agent! gantral.operator", $"/v1/instances/{Started(started)}")).Body!;
        Assert.Equal("""{"branch":"refs/heads/main","commit":"c0ffee","private":true,"repository":"acme/shop","size":3}""", instance["trigger_context"]!.ToJsonString());
        Assert.Equal(("RUNNING", $"hook:{api.Silo.Name}"), ((string?)instance["state"], (string?)instance["created_by"]));
    }

    // The example in GitHub's own documentation.
    [Fact]
    public void GitHubs_own_example_is_understood()
    {
        var body = Encoding.UTF8.GetBytes("Hello, World!");
        var headers = new Dictionary<string, string>
        {
            ["X-Hub-Signature-256"] = "sha256=757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17",
            ["X-GitHub-Delivery"] = "d",
            ["X-GitHub-Event"] = "push",
        };
        var request = new Silo.Adapters.InboundRequest(headers.GetValueOrDefault, body);

        Assert.Equal(new Silo.Adapters.InboundMessage("d", "push"), new Silo.Adapters.GitHubAdapter().Read(request, [Secret]));
        Assert.Null(new Silo.Adapters.GitHubAdapter().Read(request, []));
        Assert.Null(new Silo.Adapters.GitHubAdapter().Read(request with { Body = Encoding.UTF8.GetBytes("Hello, World?") }, [Secret]));
    }

    [Fact]
    public async Task Who_cannot_sign_is_told_nothing_not_even_which_hooks_there_are()
    {
        await using var api = await HookedAsync();
        var unknown = (await SendAsync(api, Push, Secret, hook: "nowhere")).IsProblem(404, "not_found");
        foreach (var signature in new[] { null, "", "sha256=", $"sha256={new string('0', 64)}", $"sha256={new string('g', 64)}", $"sha1={new string('0', 40)}", Signature(Push, "another"), Signature(Push + " ", Secret) })
        {
            var refused = (await SendSignedAsync(api, Push, signature)).IsProblem(404, "not_found");
            Assert.Equal(unknown.Detail, refused.Detail);
        }

        // What is wrong with a message is told to who sent it and to nobody else; and a secret that is gone proves nobody.
        Assert.Equal(unknown.Detail, (await SendAsync(api, "not even JSON", "another")).IsProblem(404, "not_found").Detail);
        api.Write("hooks/github");
        Assert.Equal(unknown.Detail, (await SendAsync(api, Push, Secret)).IsProblem(404, "not_found").Detail);
        Assert.Equal(unknown.Detail, (await SendAsync(api, Push, "")).IsProblem(404, "not_found").Detail);
        Assert.Equal(0, await CountAsync(api));
    }

    [Fact]
    public async Task The_same_delivery_starts_once_also_at_two_silos_at_once_and_under_a_newer_version()
    {
        await using var api = await HookedAsync();
        await using var other = await Delivering.StartAsync(server.Database);
        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(i => SendAsync(i % 2 == 0 ? api : other, Push, Secret, hook: api.Silo.Name, delivery: "d-1")));
        Assert.Single(answers.Select(Started).Distinct());
        Assert.Equal(1, await CountAsync(api));

        await RegisterAsync(api, "2");
        Assert.Equal(Started(answers[0]), Started(await SendAsync(api, Push, Secret, delivery: "d-1")));
        Assert.NotEqual(Started(answers[0]), Started(await SendAsync(api, Push, Secret, delivery: "d-2")));
        Assert.Equal(2, await CountAsync(api));
    }

    [Fact]
    public async Task A_secret_is_exchanged_while_both_count_for_a_while()
    {
        await using var api = await HookedAsync();
        api.Write("hooks/github", "next", Secret);
        Assert.Equal(202, (await SendAsync(api, Push, Secret)).Status);
        Assert.Equal(202, (await SendAsync(api, Push, "next")).Status);
        api.Write("hooks/github", "next");
        (await SendAsync(api, Push, Secret)).IsProblem(404, "not_found");
    }

    [Fact]
    public async Task Other_kinds_of_messages_are_taken_and_start_nothing()
    {
        await using var api = await HookedAsync();
        var answered = await SendAsync(api, """{"zen":"Design for failure."}""", Secret, kind: "ping");

        Assert.Equal((202, 0), (answered.Status, answered.Body!["instances"]!.AsArray().Count));
        Assert.Equal(0, await CountAsync(api));
    }

    [Fact]
    public async Task What_is_signed_and_makes_no_sense_is_refused_in_a_sentence()
    {
        await using var api = await HookedAsync();
        Assert.Contains("no JSON", (await SendAsync(api, "payload=%7B%7D", Secret)).IsProblem(400, "invalid_body").Detail, StringComparison.Ordinal);
        Assert.Contains("which delivery", (await SendAsync(api, Push, Secret, delivery: null)).IsProblem(400, "invalid_body").Detail, StringComparison.Ordinal);
        Assert.Contains("more than one value", (await SendAsync(api, """{"ref":{"all":"of it"}}""", Secret)).IsProblem(400, "invalid_body").Detail, StringComparison.Ordinal);
        (await SendAsync(api, $$"""{"ref":"{{new string('x', 300_000)}}"}""", Secret)).IsProblem(413, "too_large");
        Assert.Equal(0, await CountAsync(api));
    }

    [Fact]
    public async Task A_hook_of_one_team_is_not_opened_by_the_secret_of_another()
    {
        await using var api = await HookedAsync();
        await using var thief = await Delivering.StartAsync(server.Database);
        thief.Write("hooks/github", "thief's own");
        await RegisterAsync(thief, "9", hook: api.Silo.Name);

        var started = await SendAsync(api, Push, "thief's own");
        Assert.Equal(0, await CountAsync(api));
        Assert.Equal(1, await CountAsync(thief));
        Assert.Equal(202, started.Status);
        Assert.Equal(202, (await SendAsync(api, Push, Secret)).Status);
        Assert.Equal((1, 1), (await CountAsync(api), await CountAsync(thief)));
    }

    private async Task<Delivering> HookedAsync()
    {
        var api = await Delivering.StartAsync(server.Database);
        api.Write("hooks/github", Secret);
        await RegisterAsync(api, "9");
        return api;
    }

    // Later than the version that every silo of these tests registers without a hook.
    private static Task RegisterAsync(Delivering api, string version, string? hook = null) => api.Silo.MadeAsync("wilma: gantral.author", "/v1/workflows", $$$"""
        {"workflow_id":"{{{api.Silo.Name}}}","version":"h{{{version}}}","materiality":"HIGH","policy_version_id":"{{{api.Silo.Name}}}@1","queue":"q","steps":[],
         "triggers":[{"type":"api"},{"type":"webhook","hook_id":"{{{hook ?? api.Silo.Name}}}","scheme":"github","secret":"file://hooks/github","events":["push"],
          "context":{"branch":"/ref","repository":"/repository/full_name","private":"/repository/private","commit":"/commits/0/id","size":"/size","absent":"/head_commit/id"}}]}
        """);

    private static Task<Answered> SendAsync(Delivering api, string body, string secret, string? hook = null, string? delivery = "", string kind = "push") =>
        SendSignedAsync(api, body, Signature(body, secret), hook, delivery, kind);

    private static Task<Answered> SendSignedAsync(Delivering api, string body, string? signature, string? hook = null, string? delivery = "", string kind = "push")
    {
        var request = ServedApi.Request("POST", $"/v1/hooks/{hook ?? api.Silo.Name}", body: new StringContent(body, new MediaTypeHeaderValue("application/json")));
        request.Headers.TryAddWithoutValidation("X-GitHub-Event", kind);
        if (signature is not null)
        {
            request.Headers.TryAddWithoutValidation("X-Hub-Signature-256", signature);
        }

        if (delivery is not null)
        {
            request.Headers.TryAddWithoutValidation("X-GitHub-Delivery", delivery.Length > 0 ? delivery : Guid.NewGuid().ToString("D"));
        }

        return api.Silo.SendAsync(request);
    }

    private static string Signature(string body, string secret) =>
        $"sha256={Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), Encoding.UTF8.GetBytes(body)))}";

    private static string Started(Answered answered) => (string)Assert.Single(answered.Body!["instances"]!.AsArray())!;

    private static async Task<int> CountAsync(Delivering api) => (await api.Silo.GetAsync("agent! gantral.operator", "/v1/instances")).Body!["instances"]!.AsArray().Count;
}
