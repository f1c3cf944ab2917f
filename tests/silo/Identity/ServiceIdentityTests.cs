using System.Text.Json.Nodes;
using Gantral.Abstractions.Authority;
using Gantral.Silo.Identity;

namespace Gantral.Silo.Tests.Identity;

/// <summary>Programs are known by their subject, as Kubernetes and clouds name them.</summary>
public sealed class ServiceIdentityTests : IssuerAndAuthority
{
    private static readonly (string, string)[] Services =
    [
        ("Services:0:Subject", "system:serviceaccount:payments:runner"), ("Services:0:Team", "payments"), ("Services:0:Roles", "gantral.runner,gantral.operator"),
        ("Services:1:Subject", "system:serviceaccount:risk:*"), ("Services:1:Team", "risk"),
    ];

    [Fact]
    public async Task A_service_account_has_the_team_and_the_roles_that_the_operator_gave_it()
    {
        await using var trust = Trust.InPrograms(Issuer, Authority, Services);

        var runner = await trust.LetInAsync(Issuer.Key.Token(Pod("payments", "runner")));
        Assert.Equal(("system:serviceaccount:payments:runner", ActorKind.Workload), (runner.Actor.Id, runner.Actor.Kind));
        Assert.Equal("payments: gantral.runner gantral.operator", runner.Rights());

        Assert.Equal("risk: ", (await trust.LetInAsync(Issuer.Key.Token(Pod("risk", "anything")))).Rights());
    }

    [Fact]
    public async Task A_service_account_that_nobody_named_is_refused()
    {
        await using var trust = Trust.InPrograms(Issuer, Authority, Services);

        Assert.Contains("no service identity", await trust.RefuseAsync(Issuer.Key.Token(Pod("payments", "default"))), StringComparison.Ordinal);
        await trust.RefuseAsync(Issuer.Key.Token(Pod("payments2", "runner")));
    }

    [Fact]
    public async Task Claims_give_a_service_account_nothing_beside_that()
    {
        await using var trust = Trust.InPrograms(Issuer, Authority, Services);
        var claims = Pod("payments", "runner");
        (claims["team_id"], claims["roles"], claims["kind"], claims["azp"]) = ("risk", new JsonArray("gantral.admin"), "human", "gantral-web");

        var runner = await trust.LetInAsync(Issuer.Key.Token(claims));
        Assert.Equal((ActorKind.Workload, "payments: gantral.runner gantral.operator"), (runner.Actor.Kind, runner.Rights()));
    }

    [Fact]
    public async Task An_issuer_of_programs_vouches_for_no_person()
    {
        await using var trust = Trust.InPrograms(Issuer, Authority, ("Teams", "payments"), ("Clients", "gantral-web"));

        Assert.Equal(ActorKind.Workload, (await trust.LetInAsync(Issuer.Key.Token(Issuer.Claims()))).Actor.Kind);
    }

    [Fact]
    public async Task A_person_has_no_service_identity_and_a_program_has_no_other()
    {
        await using var trust = Trust.In(Issuer, Authority, ("Services:0:Subject", "bot-7"), ("Services:0:Team", "risk"), ("Services:0:Roles", "gantral.runner"));

        var alice = await trust.LetInAsync(Issuer.Key.Token(Issuer.Claims()));
        Assert.Equal((ActorKind.Human, "payments: release-manager"), (alice.Actor.Kind, alice.Rights()));
        var claims = Issuer.Claims("bot-7");
        claims["azp"] = "gantral-agent";
        Assert.Equal("risk: gantral.runner", (await trust.LetInAsync(Issuer.Key.Token(claims))).Rights());
        claims["sub"] = "bot-8";
        await trust.RefuseAsync(Issuer.Key.Token(claims));
    }

    [Theory]
    [InlineData("system:serviceaccount:payments:runner", "system:serviceaccount:payments:runner", true)]
    [InlineData("system:serviceaccount:payments:runner", "system:serviceaccount:payments:runner2", false)]
    [InlineData("system:serviceaccount:payments:runner", "xsystem:serviceaccount:payments:runner", false)]
    [InlineData("system:serviceaccount:payments:*", "system:serviceaccount:payments:a", true)]
    [InlineData("system:serviceaccount:payments:*", "system:serviceaccount:payments:", false)]
    [InlineData("system:serviceaccount:payments:*", "system:serviceaccount:payments", false)]
    [InlineData("system:serviceaccount:payments:*", "system:serviceaccount:payments:a:b", false)]
    [InlineData("system:serviceaccount:payments:*", "system:serviceaccount:payments2:a", false)]
    [InlineData("system:serviceaccount:*:runner", "system:serviceaccount:risk:runner", true)]
    [InlineData("system:serviceaccount:*:runner", "system:serviceaccount:risk:other:runner", false)]
    [InlineData("repo:acme/*:ref:refs/heads/main", "repo:acme/pay:ref:refs/heads/main", true)]
    [InlineData("repo:acme/*:ref:refs/heads/main", "repo:acme/pay:pull_request:ref:refs/heads/main", false)]
    [InlineData("repo:acme/*:ref:refs/heads/main", "repo:acme/pay:ref:refs/heads/main2", false)]
    [InlineData("repo:acme/pay:**", "repo:acme/pay:ref:refs/heads/main", true)]
    [InlineData("repo:acme/pay:**", "repo:acme/pay:", false)]
    [InlineData("repo:acme/pay:**", "repo:acme/pay2:x", false)]
    [InlineData("a/*/*", "a/b/c", true)]
    [InlineData("a/*/*", "a/b", false)]
    [InlineData("a/*/**", "a/b/c/d", true)]
    public void A_star_is_one_name_and_two_are_what_follows(string pattern, string subject, bool matches) =>
        Assert.Equal(matches, SubjectPattern.Of(pattern)!.Matches(subject));

    [Theory]
    [InlineData("")]
    [InlineData("*")]
    [InlineData("**")]
    [InlineData("*:runner")]
    [InlineData("a:*b")]
    [InlineData("a:b*")]
    [InlineData("a:**:b")]
    [InlineData("a:***")]
    [InlineData("a:b\n")]
    public void A_pattern_that_could_mean_anybody_is_none(string pattern) => Assert.Null(SubjectPattern.Of(pattern));

    // As Kubernetes writes them.
    private JsonObject Pod(string name, string account)
    {
        var now = DateTimeOffset.UtcNow.ToUnixTimeSeconds();
        return new JsonObject
        {
            ["iss"] = Issuer.Url,
            ["aud"] = new JsonArray("gantral"),
            ["sub"] = $"system:serviceaccount:{name}:{account}",
            ["iat"] = now,
            ["nbf"] = now,
            ["exp"] = now + 3607,
            ["jti"] = "6e1f9dd4-6a8f-4e5c-9b5c-6bb0f1c3a111",
            ["kubernetes.io"] = new JsonObject { ["namespace"] = name, ["pod"] = new JsonObject { ["name"] = "p-0", ["uid"] = "1" }, ["serviceaccount"] = new JsonObject { ["name"] = account, ["uid"] = "2" } },
        };
    }
}
