using Gantral.Abstractions.Definitions;
using Gantral.Silo.Secrets;
using Gantral.Silo.Tests.Ledger;
using Gantral.Silo.Webhooks;

namespace Gantral.Silo.Tests.Webhooks;

/// <summary>What may be subscribed to, and what is refused with which sentence.</summary>
public sealed class SubscriptionTests(LedgerServer server) : IClassFixture<LedgerServer>
{
    [Theory]
    [InlineData("""{"url":"http://127.0.0.1/"}""", "/secret is missing")]
    [InlineData("""{"secret":"file://a"}""", "/url is missing")]
    [InlineData("""{"url":"http://127.0.0.1/","secret":"whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"}""", "/secret looks like a secret itself")]
    [InlineData("""{"url":"http://127.0.0.1/","secret":"-----BEGIN PRIVATE KEY-----"}""", "/secret looks like a secret itself")]
    [InlineData("""{"url":"http://127.0.0.1/","secret":"hunter2"}""", "/secret must be a reference")]
    [InlineData("""{"url":"http://127.0.0.1/","secret":"file://../log-key.pem"}""", "/secret must be a reference")]
    [InlineData("""{"url":"http://127.0.0.1/","secret":"file:///etc/passwd"}""", "/secret must be a reference")]
    [InlineData("""{"url":"http://127.0.0.1/","secret":"file://a/.hidden"}""", "/secret must be a reference")]
    [InlineData("""{"url":"https://hooks.slack.com/services/T0/B0/x","secret":"file://a"}""", "/url looks like a secret itself")]
    [InlineData("""{"url":"http://alice:pass@127.0.0.1/","secret":"file://a"}""", "/url has a user or a password")]
    [InlineData("""{"url":"https://evil.example/","secret":"file://a"}""", "/url is not called: url names the host 'evil.example'")]
    [InlineData("""{"url":"ftp://127.0.0.1/","secret":"file://a"}""", "/url must be an address")]
    [InlineData("""{"url":"http://127.0.0.1/#x","secret":"file://a"}""", "/url must be an address")]
    [InlineData("""{"url":"http://127.0.0.1/","secret":"file://a","entry_types":["STARTED"]}""", "/entry_types has a type of entries that does not exist")]
    [InlineData("""{"url":"http://127.0.0.1/","secret":"file://a","format":"xml"}""", "/format must be one of events, slack")]
    [InlineData("""{"url":"http://127.0.0.1/","secret":"file://a","headers":{}}""", "/headers is not a field")]
    public async Task What_cannot_be_subscribed_to_is_refused_by_the_field_that_is_wrong(string body, string said)
    {
        await using var delivering = await Delivering.StartAsync(server.Database);
        var refused = (await delivering.Silo.PostAsync(Delivering.Author, "/v1/subscriptions", body)).IsProblem(400, "invalid_body");

        Assert.StartsWith(said, refused.Detail, StringComparison.Ordinal);
        Assert.DoesNotContain("whsec_MfKQ", refused.Detail, StringComparison.Ordinal);
        Assert.Empty((await delivering.Silo.GetAsync(Delivering.Author, "/v1/subscriptions")).Body!["subscriptions"]!.AsArray());
    }

    [Theory]
    [InlineData("""{"log_id":1}""", "/position belongs to a log")]
    [InlineData("""{"position":-1,"log_id":1}""", "/position must be a whole number")]
    [InlineData("""{"position":1,"log_id":1,"since":"2026-01-02T03:04:05Z"}""", "/since and position are two places")]
    [InlineData("""{"since":"yesterday"}""", "/since must be a time")]
    public async Task A_place_to_go_back_to_that_makes_no_sense_is_refused(string body, string said)
    {
        await using var delivering = await Delivering.StartAsync(server.Database);
        var subscription = await delivering.SubscribeAsync("http://127.0.0.1:1/");
        Assert.StartsWith(said, (await delivering.Silo.PostAsync(Delivering.Author, $"{subscription}/replay", body)).IsProblem(400, "invalid_body").Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_same_key_subscribes_once()
    {
        const string Body = """{"url":"http://127.0.0.1:1/","secret":"file://a"}""";
        await using var delivering = await Delivering.StartAsync(server.Database);
        var first = await delivering.Silo.PostAsync(Delivering.Author, "/v1/subscriptions", Body, key: "k");
        var again = await delivering.Silo.PostAsync(Delivering.Author, "/v1/subscriptions", Body, key: "k");
        await delivering.Silo.MadeAsync(Delivering.Author, (string)first.Headers.Location!.ToString() + "/disable", "");
        var another = await delivering.Silo.PostAsync(Delivering.Author, "/v1/subscriptions", Body);
        await delivering.Silo.MadeAsync(Delivering.Author, (string)another.Headers.Location!.ToString() + "/disable", "");

        Assert.Equal((201, 201), (first.Status, again.Status));
        Assert.Equal((string?)first.Body!["subscription_id"], (string?)again.Body!["subscription_id"]);
        Assert.NotEqual((string?)first.Body!["subscription_id"], (string?)another.Body!["subscription_id"]);
        (await delivering.Silo.PostAsync(Delivering.Author, "/v1/subscriptions", Body.Replace(":1/", ":2/", StringComparison.Ordinal), key: "k")).IsProblem(409, "idempotency_conflict");
        var page = (await delivering.Silo.GetAsync(Delivering.Author, "/v1/subscriptions?limit=1")).Body!;
        Assert.Single((await delivering.Silo.GetAsync(Delivering.Author, $"/v1/subscriptions?cursor={(string?)page["next_cursor"]}")).Body!["subscriptions"]!.AsArray());
    }

    [Fact]
    public async Task A_teams_secrets_are_read_from_its_own_folder_and_from_nowhere_else()
    {
        var folder = Directory.CreateTempSubdirectory("gs");
        Directory.CreateDirectory(Path.Combine(folder.FullName, "payments", "webhooks"));
        await File.WriteAllTextAsync(Path.Combine(folder.FullName, "payments", "webhooks", "a"), "first\n\nsecond \n");
        await File.WriteAllBytesAsync(Path.Combine(folder.FullName, "payments", "large"), new byte[20_000]);
        await File.WriteAllTextAsync(Path.Combine(folder.FullName, "payments", "empty"), " \n");
        await File.WriteAllBytesAsync(Path.Combine(folder.FullName, "payments", "binary"), [0xff, 0xfe, 0x61]);
        await File.WriteAllTextAsync(Path.Combine(folder.FullName, "log-key"), "of the house");

        Assert.Equal(["first", "second"], await ReadAsync("payments", "file://webhooks/a"));
        foreach (var (team, reference, said) in new[]
        {
            ("search", "file://webhooks/a", "cannot be read"), ("payments/webhooks", "file://a", "cannot be read"), ("..", "file://payments", "no folder"), (".", "file://log-key", "no folder"),
            ("payments", "file://large", "more than"), ("payments", "file://empty", "is empty"), ("payments", "file://binary", "no text"), ("payments", "file://webhooks", "cannot be read"),
        })
        {
            var refused = await Assert.ThrowsAsync<SecretUnusableException>(() => ReadAsync(team, reference));
            Assert.Contains(said, refused.Message, StringComparison.Ordinal);
            Assert.DoesNotContain(folder.FullName, refused.Message, StringComparison.Ordinal);
        }

        Assert.Contains(MountedSecrets.Setting, (await Assert.ThrowsAsync<SecretUnusableException>(() => ReadAsync("payments", "file://a", new MountedSecrets(null)))).Message, StringComparison.Ordinal);
        folder.Delete(recursive: true);

        Task<string[]> ReadAsync(string team, string reference, MountedSecrets? secrets = null) =>
            (secrets ?? new MountedSecrets(folder.FullName)).ReadAsync(team, SecretReference.TryParse(reference, out var read) ? read : throw new FormatException(reference), CancellationToken.None);
    }

    [Theory]
    [InlineData(1, 0.0, 0.5)]
    [InlineData(1, 1.0, 1.0)]
    [InlineData(2, 1.0, 2.0)]
    [InlineData(5, 0.0, 8.0)]
    [InlineData(9, 1.0, 60.0)]
    [InlineData(int.MaxValue, 1.0, 60.0)]
    public void A_pause_doubles_up_to_the_longest_and_is_not_the_same_for_all(int attempts, double chance, double seconds) =>
        Assert.Equal(TimeSpan.FromSeconds(seconds), new BackOff(TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(1)).After(attempts, chance));
}
