using System.Text.Json.Nodes;
using Gantral.Silo.Adapters;
using Gantral.Silo.Tests.Ledger;

namespace Gantral.Silo.Tests.Webhooks;

/// <summary>People are told in Slack that something waits for them, and not what it is about.</summary>
public sealed class SlackTests(LedgerServer server) : IClassFixture<LedgerServer>
{
    [Fact]
    public async Task A_channel_is_told_what_waits_for_whom_until_when_and_where_to_look()
    {
        await using var slack = await Receiver.OpenAsync();
        await using var delivering = await Delivering.StartAsync(server.Database);
        delivering.Write("slack/releases", slack.Url);
        var made = await delivering.Silo.MadeAsync(Delivering.Author, "/v1/subscriptions", """{"format":"slack","secret":"file://slack/releases"}""");
        await delivering.DeliverAsync(options => options with { PublicUrl = new Uri("https://gantral.example.com/") });
        var id = await delivering.Silo.WaitingAsync();
        await Delivering.TakenAsync(slack, 1);
        await delivering.Silo.MadeAsync(Delivering.Author, $"/v1/subscriptions/{(string)made["subscription_id"]!}/disable", "");

        var message = Assert.Single(slack.Told);
        Assert.Equal($"{delivering.Silo.Name}: deploy waits for release-manager", (string?)message.Json["text"]);
        var shown = (string)message.Json["blocks"]![0]!["text"]!["text"]!;
        Assert.Contains("Until <!date^", shown, StringComparison.Ordinal);
        Assert.Contains($"<https://gantral.example.com/instances/{id}|", shown, StringComparison.Ordinal);
        Assert.DoesNotContain("production", message.Body, StringComparison.Ordinal);
        Assert.Equal("application/json; charset=utf-8", message.Headers["content-type"]);
        Assert.Null((string?)made["url"]);
        Assert.Equal(["ESCALATED", "WAITING_FOR_HUMAN"], made["entry_types"]!.AsArray().Select(type => (string?)type!));
    }

    [Theory]
    [InlineData("""{"format":"slack","secret":"https://hooks.slack.com/services/T0/B0/x"}""", "/secret looks like a secret itself")]
    [InlineData("""{"format":"slack","secret":"file://s","url":"http://127.0.0.1/"}""", "/url is itself the secret")]
    public async Task The_address_of_a_channel_is_a_secret(string body, string said)
    {
        await using var delivering = await Delivering.StartAsync(server.Database);
        Assert.StartsWith(said, (await delivering.Silo.PostAsync(Delivering.Author, "/v1/subscriptions", body)).IsProblem(400, "invalid_body").Detail, StringComparison.Ordinal);
    }

    [Fact]
    public void No_name_calls_a_whole_channel_or_makes_a_message_too_long()
    {
        var notice = new Notice("waiting", "<!channel>", "a & b", [.. Enumerable.Range(0, 100).Select(i => $"role-{i}")], null, null);
        var text = (string)JsonNode.Parse(new SlackAdapter().Write(notice).Span)!["text"]!;

        Assert.StartsWith("&lt;!channel&gt;: a &amp; b waits for role-0 or role-1", text, StringComparison.Ordinal);
        Assert.EndsWith("or 90 more", text, StringComparison.Ordinal);
    }

    [Fact]
    public void What_asks_nobody_is_only_told()
    {
        var text = (string)JsonNode.Parse(new SlackAdapter().Write(new Notice("rejected", "deploy", null, [], null, null)).Span)!["text"]!;
        Assert.Equal("deploy is rejected", text);
    }
}
