using System.Diagnostics;
using System.Globalization;
using System.Text;
using Gantral.Abstractions.Authority;
using Gantral.Silo.Identity;
using Gantral.Silo.Tests.Embedded;
using Gantral.Silo.Tests.Gateway;
using Gantral.Silo.Tests.WholeLife;

namespace Gantral.Silo.Tests.Identity;

/// <summary>People and programs of a provider that nobody here wrote, which calls every one of its tokens a person's.</summary>
public sealed class OpenIdProviderTests(OpenIdProvider provider) : IClassFixture<OpenIdProvider>
{
    [Theory]
    [InlineData("RS256")]
    [InlineData("ES256")]
    public async Task A_person_who_signed_in_with_code_and_PKCE_is_a_person(string algorithm)
    {
        var alice = await LookAsync(await provider.SignInAsync("alice", "gantral-web", algorithm));

        Assert.Equal(("alice", provider.Url, ActorKind.Human, "gantral-web"), (alice.Actor.Id, alice.Actor.Issuer, alice.Actor.Kind, alice.Actor.Client));
        Assert.Equal("payments: release-manager", alice.Rights());
    }

    [Theory]
    [InlineData("RS256")]
    [InlineData("ES256")]
    public async Task Client_credentials_are_a_program(string algorithm) =>
        Assert.Equal(ActorKind.Workload, (await LookAsync(await provider.ClientCredentialsAsync("gantral-agent", algorithm))).Actor.Kind);

    [Fact]
    public async Task Client_credentials_of_the_very_client_that_people_use_are_a_program() =>
        Assert.Equal(ActorKind.Workload, (await LookAsync(await provider.ClientCredentialsAsync("gantral-web", "RS256"))).Actor.Kind);

    [Fact]
    public async Task A_person_by_a_client_that_is_not_listed_is_refused()
    {
        await using var trust = Trust.In(provider);

        Assert.Contains("its client", await trust.RefuseAsync(await provider.SignInAsync("alice", "another-app", "RS256")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_life_is_made_by_a_program_and_decided_by_a_person_of_the_provider()
    {
        await using var folder = new TestFolder();
        using var silo = SiloUnderTest.Launch(["serve", "--port", "0", "--data", folder.Path], provider.Settings());
        silo.ErrorDataReceived += (_, _) => { };
        silo.BeginErrorReadLine();
        using var client = new HttpClient { BaseAddress = new Uri((await silo.StandardOutput.ReadLineAsync().WaitAsync(TestFolder.Patience))!["Gantral is ready: ".Length..]) };
        var builder = await provider.SignInAsync("builder", "gantral-web", "ES256");
        var alice = await provider.SignInAsync("alice", "gantral-web", "RS256");
        var agent = await provider.ClientCredentialsAsync("gantral-agent", "ES256");

        await MadeAsync(builder, "/v1/policies", """{"policy_id":"guard","version":"1","evaluator":"rules","rules":[{"when":{"step":"deploy"},"decision":"REQUIRE_HUMAN","eligible_approver_roles":["release-manager"],"timeout":"PT30M"}],"default":{"decision":"ALLOW"}}""");
        await MadeAsync(builder, "/v1/workflows", """{"workflow_id":"deploy","version":"1","materiality":"HIGH","policy_version_id":"guard@1","queue":"q","mode":"ENFORCE","steps":[{"step":"deploy","governed":true}],"triggers":[{"type":"api"}]}""");
        var id = (string)(await MadeAsync(agent, "/v1/instances", """{"workflow_id":"deploy","workflow_version":"1"}""")).Body!["instance_id"]!;
        var waiting = await SendAsync("POST", agent, $"/v1/instances/{id}/authority", """{"step":"deploy","execution_context":{"environment":"production"}}""");
        Assert.Equal("WAITING_FOR_HUMAN", (string?)waiting.Body!["state"]);
        var decision = $$"""{"instance_id":"{{id}}","decision_type":"APPROVE","role":"release-manager","justification":"looks right","context_snapshot_hash":"{{(string?)waiting.Body["pending"]!["context_snapshot_hash"]}}"}""";

        (await SendAsync("POST", agent, "/v1/decisions", decision)).IsProblem(403, "not_human");
        (await SendAsync("POST", await provider.ClientCredentialsAsync("gantral-web", "RS256"), "/v1/decisions", decision)).IsProblem(403, "not_human");
        (await SendAsync("POST", builder, "/v1/decisions", decision)).IsProblem(403, "not_eligible");
        var stranger = (await SendAsync("POST", await provider.SignInAsync("alice", "another-app", "RS256"), "/v1/decisions", decision)).IsProblem(401, "unauthenticated");
        Assert.Equal("Bearer error=\"invalid_token\"", stranger.Headers.WwwAuthenticate.ToString());
        Assert.DoesNotContain(provider.Url, stranger.Body!.ToJsonString(), StringComparison.Ordinal);

        Assert.Equal("RESUMED", (string?)(await MadeAsync(alice, "/v1/decisions", decision)).Body!["instance"]!["state"]);
        var auditor = await provider.SignInAsync("auditor", "gantral-web", "ES256");
        var history = (await SendAsync("GET", auditor, $"/v1/instances/{id}/history")).Body!["entries"]!.AsArray();
        var approved = Assert.Single(history, entry => (string?)entry!["type"] == "APPROVED")!.ToJsonString();
        Assert.All(["\"alice\"", $"\"{provider.Url}\"", "\"gantral-web\""], part => Assert.Contains(part, approved, StringComparison.Ordinal));

        using var kill = Process.Start("kill", ["-TERM", silo.Id.ToString(CultureInfo.InvariantCulture)]);
        await silo.WaitForExitAsync().WaitAsync(TestFolder.Patience);
        Assert.Equal(0, silo.ExitCode);

        async Task<Answered> MadeAsync(string token, string path, string body)
        {
            var made = await SendAsync("POST", token, path, body);
            Assert.True(made.Status == 201, made.Body?.ToJsonString());
            return made;
        }

        async Task<Answered> SendAsync(string method, string token, string path, string? body = null)
        {
            using var request = ServedApi.Request(method, path, token, body is null ? null : new StringContent(body, Encoding.UTF8, "application/json"));
            using var response = await client.SendAsync(request);
            return await Answered.ReadAsync(response);
        }
    }

    private async Task<CallerIdentity> LookAsync(string token)
    {
        await using var trust = Trust.In(provider);
        return await trust.LetInAsync(token);
    }
}
