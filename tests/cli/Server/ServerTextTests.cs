using System.Text.Json.Nodes;
using Gantral.Cli.Tests.Running;
using Gantral.Evidence.Entries;

namespace Gantral.Cli.Tests.Server;

/// <summary>What a server says is shown and never obeyed, and believed only where it can be computed.</summary>
public sealed class ServerTextTests
{
    private const string Id = "01938c5e-7d1f-7f00-8000-6b1f9f1b2a3c";
    // Clears the screen, names a window, turns the line round.
    private const string Evil = "\e[2J\e]0;owned\a\u202eevil\u009b31m";
    private const string Hash = "0000000000000000000000000000000000000000000000000000000000000000";

    [Theory]
    [InlineData("pending")]
    [InlineData("instances")]
    [InlineData("show", Id)]
    public async Task Nothing_that_a_server_says_reaches_the_terminal_as_more_than_text(params string[] words)
    {
        using var server = Lying(Evil);
        var run = await RunAsync(server.Address, words);

        Assert.Equal((0, ""), (run.Status, run.Error));
        Assert.Contains("\\u{202e}evil", run.Output, StringComparison.Ordinal);
        AssertHarmless(run.Output);
    }

    [Fact]
    public async Task A_problem_is_a_sentence_without_escapes_and_without_a_stack_trace()
    {
        using var server = new LyingServer(new() { ["GET /v1/decisions/pending"] = (403, new JsonObject { ["code"] = "forbidden", ["detail"] = Evil }.ToJsonString()) });
        var run = await RunAsync(server.Address, "pending");

        Assert.Equal((69, ""), (run.Status, run.Output));
        Assert.Single(run.Error.TrimEnd('\n').Split('\n'));
        AssertHarmless(run.Error);
    }

    [Fact]
    public async Task What_does_not_hash_to_what_would_be_bound_is_not_decided()
    {
        using var server = Lying("payments");
        var run = await RunAsync(server.Address, "approve", Id, "--yes", "--snapshot-hash", Hash, "--justification", "read it", "--role", "r");

        Assert.Equal((3, ""), (run.Status, run.Output));
        Assert.Contains("Do not decide", run.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("POST /v1/decisions", server.Asked);
        Assert.Contains("Do not decide", (await RunAsync(server.Address, "show", Id)).Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_decision_whose_answer_is_lost_is_sent_once_and_names_its_key()
    {
        var hash = PayloadHashing.Of(Convert.FromHexString(Hash), """{"payments":"payments"}"""u8).ToString();
        using var server = Lying("payments", hash);
        server.Answers["GET /v1/caller"] = (200, """{"actor":{"id":"alice","issuer":"x","kind":"human"},"teams":["payments"],"roles":["payments"]}""");
        server.Answers["POST /v1/decisions"] = (503, """{"code":"overloaded","detail":"It is not known yet."}""");
        var run = await RunAsync(server.Address, "approve", Id, "--yes", "--snapshot-hash", hash, "--justification", "read it", "--key", "k-1");

        Assert.Equal((75, ""), (run.Status, run.Output));
        Assert.Contains("--key k-1", run.Error, StringComparison.Ordinal);
        Assert.Single(server.Asked, asked => asked == "POST /v1/decisions");
    }

    [Fact]
    public async Task A_server_that_is_not_there_or_no_silo_is_a_sentence_and_a_status()
    {
        var nobody = await RunAsync("http://127.0.0.1:9/", "pending");
        Assert.Equal((69, ""), (nobody.Status, nobody.Output));
        Assert.Contains("GANTRAL_URL", nobody.Error, StringComparison.Ordinal);
        using var server = new LyingServer(new() { ["GET /v1/decisions/pending"] = (200, "<html>") });
        var garbled = await RunAsync(server.Address, "pending");
        Assert.Equal((69, false), (garbled.Status, garbled.Error.Contains("   at ", StringComparison.Ordinal)));
        Assert.Equal(1, (await RunAsync(server.Address, "doctor")).Status);
        Assert.Equal(1, (await RunAsync("http://127.0.0.1:9/", "doctor", "--json")).Status);
        Assert.Equal(69, (await new GantralProcess { Environs = environs => environs["GANTRAL_TOKEN"] = "" }.RunAsync("pending")).Status);
    }

    private static void AssertHarmless(string text) => Assert.DoesNotContain(text, letter => letter != '\n' && (char.IsControl(letter) || letter == '\u202e'));

    private static LyingServer Lying(string word, string hash = Hash)
    {
        var pending = new JsonObject
        {
            ["step"] = word,
            ["eligible_approver_roles"] = new JsonArray(word),
            ["approvals_required"] = 1,
            ["decide_by"] = "2999-01-01T00:00:00.000Z",
            ["on_timeout"] = "FAIL_CLOSED",
            ["context_snapshot"] = new JsonObject { [word] = word },
            ["context_snapshot_hash"] = hash,
            ["context_snapshot_salt"] = Hash,
            ["requested_by"] = word,
            ["since"] = "2026-01-01T00:00:00.000Z",
        };
        var instance = new JsonObject
        {
            ["instance_id"] = Id,
            ["workflow_id"] = word,
            ["workflow_version"] = word,
            ["owning_team_id"] = word,
            ["policy_version_id"] = word,
            ["materiality"] = "HIGH",
            ["mode"] = "ENFORCE",
            ["state"] = "WAITING_FOR_HUMAN",
            ["sequence"] = 3,
            ["runnable"] = false,
            ["created_by"] = word,
            ["created_at"] = "2026-01-01T00:00:00.000Z",
            ["updated_at"] = "2026-01-01T00:00:00.000Z",
            ["pending"] = pending,
        };
        var page = new JsonObject { ["instances"] = new JsonArray(instance.DeepClone()) }.ToJsonString();
        return new LyingServer(new()
        {
            [$"GET /v1/instances/{Id}"] = (200, instance.ToJsonString()),
            [$"GET /v1/instances/{Id}/history"] = (403, """{"code":"forbidden","detail":"Not yours."}"""),
            ["GET /v1/instances"] = (200, page),
            ["GET /v1/decisions/pending"] = (200, page),
        });
    }

    private static Task<Outcome> RunAsync(string address, params string[] words) => new GantralProcess
    {
        Environs = environs => (environs["GANTRAL_URL"], environs["GANTRAL_TOKEN"], environs["GANTRAL_DATA"]) = (address, "token", null),
    }.RunAsync(words);
}
