using Gantral.Silo.Identity.Federation;
using Gantral.Silo.Tests.Embedded;
using Gantral.Silo.Tests.Policies;
using Microsoft.AspNetCore.Http;

namespace Gantral.Silo.Tests.Identity;

/// <summary>An issuer's keys come, change and go, and so does the issuer.</summary>
public sealed class IssuerKeysTests : IssuerAndAuthority
{
    private string Token => Issuer.Key.Token(Issuer.Claims());

    [Fact]
    public async Task A_new_key_is_asked_for_when_the_first_token_names_it()
    {
        await using var trust = Trust.In(Issuer, Authority);
        await trust.LetInAsync(Token);
        Issuer.Keys.Add(new IssuerKey("second", "ES256"));
        trust.Clock.Pass(FetchedKeys.Pause);

        await trust.LetInAsync(Issuer.Keys[1].Token(Issuer.Claims()));
        await trust.LetInAsync(Token);
    }

    [Fact]
    public async Task A_flood_of_unknown_keys_asks_once_a_minute()
    {
        await using var trust = Trust.In(Issuer, Authority);
        await trust.LetInAsync(Token);
        for (var minute = 0; minute < 3; minute++)
        {
            await Task.WhenAll(Enumerable.Range(0, 300).Select(number => Task.Run(() => trust.RefuseAsync(Unknown($"{minute}-{number}")))));
            Assert.Equal(minute + 1, Issuer.KeysAsked);
            trust.Clock.Pass(FetchedKeys.Pause);
        }
    }

    [Fact]
    public async Task A_withdrawn_key_ends_what_it_has_signed_also_where_that_is_remembered()
    {
        await using var trust = Trust.In(Issuer, Authority);
        var token = Token;
        await trust.LetInAsync(token);
        Issuer.Keys[0] = new IssuerKey("second", "ES256");
        await trust.LetInAsync(token);

        trust.Clock.Pass(FetchedKeys.FreshFor);
        await Until.TrueAsync(async () => (await trust.LookAsync(token)).Identity is null);
        await trust.LetInAsync(Token);
    }

    [Fact]
    public async Task Another_key_under_the_same_name_ends_what_the_first_has_signed()
    {
        await using var trust = Trust.In(Issuer, Authority);
        var token = Token;
        await trust.LetInAsync(token);
        Issuer.Keys[0] = new IssuerKey("first", "ES256");

        trust.Clock.Pass(FetchedKeys.FreshFor);
        await Until.TrueAsync(async () => (await trust.LookAsync(token)).Identity is null);
        await trust.LetInAsync(Token);
    }

    [Fact]
    public async Task An_issuer_that_is_away_at_the_start_is_believed_once_it_is_there()
    {
        await Issuer.GoAsync();
        await using var trust = Trust.In(Issuer, Authority);
        await trust.RefuseAsync(Token);
        Assert.Contains("cannot be reached", await trust.FaultAsync(), StringComparison.Ordinal);

        await Issuer.ComeAsync();
        trust.Clock.Pass(FetchedKeys.Round);
        await Until.TrueAsync(async () => (await trust.LookAsync(Token)).Identity is not null);
        Assert.True(trust.Log.Says(1600));
    }

    [Fact]
    public async Task While_an_issuer_is_away_its_last_keys_count_for_a_day_and_no_longer()
    {
        await using var trust = Trust.In(Issuer, Authority);
        await trust.LetInAsync(Token);
        var claims = Issuer.Claims();
        claims["exp"] = trust.Clock.GetUtcNow().AddDays(3).ToUnixTimeSeconds();
        var lasting = Issuer.Key.Token(claims);
        await Issuer.GoAsync();

        trust.Clock.Pass(FetchedKeys.StaleFor);
        await trust.FaultAsync();
        await trust.LetInAsync(lasting);
        trust.Clock.Pass(TimeSpan.FromSeconds(1));
        await trust.RefuseAsync(lasting);
    }

    [Fact]
    public async Task An_issuer_that_is_away_is_logged_once_and_not_each_time()
    {
        await Issuer.GoAsync();
        await using var trust = Trust.In(Issuer, Authority);
        await trust.FaultAsync();
        for (var round = 0; round < 5; round++)
        {
            trust.Clock.Pass(FetchedKeys.Round);
            await trust.RefuseAsync(Unknown("x"));
        }

        Assert.Single(trust.Log.Lines);
    }

    [Fact]
    public async Task An_issuer_that_never_answers_holds_nobody_up_for_long()
    {
        Issuer.PublishKeys = PolicyService.Hang;
        await using var trust = Trust.In(Issuer, Authority);
        var refused = trust.RefuseAsync(Token);
        await Until.TrueAsync(() => Issuer.KeysAsked == 1);

        trust.Clock.Pass(IssuerDocuments.Patience);
        await refused.WaitAsync(TestFolder.Patience);
        Assert.Contains("took longer", await trust.FaultAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_silo_stops_while_an_issuer_does_not_answer()
    {
        Issuer.PublishKeys = PolicyService.Hang;
        var trust = Trust.In(Issuer, Authority);
        await Until.TrueAsync(() => Issuer.KeysAsked == 1);

        await trust.DisposeAsync().AsTask().WaitAsync(TestFolder.Patience);
    }

    [Fact]
    public async Task The_token_in_the_file_is_shown_to_the_issuer_and_read_anew_each_time()
    {
        var file = Authority.Write("token", "one\n");
        await using var trust = Trust.In(Issuer, Authority, ("token_file", file));
        await trust.LetInAsync(Token);
        Assert.Equal("Bearer one", Issuer.Shown);

        Authority.Write("token", "two\n");
        trust.Clock.Pass(FetchedKeys.FreshFor);
        await Until.TrueAsync(() => Issuer.Shown == "Bearer two");
    }

    [Fact]
    public async Task An_issuer_that_asks_for_a_token_is_believed_once_it_has_seen_it()
    {
        Issuer.PublishKeys = http => http.Request.Headers.Authorization == "Bearer right"
            ? PolicyService.Json(http, Issuer.KeySet().ToJsonString())
            : Task.FromResult(http.Response.StatusCode = StatusCodes.Status401Unauthorized);
        var file = Authority.Write("token", "wrong");
        await using var trust = Trust.In(Issuer, Authority, ("TokenFile", file));
        await trust.RefuseAsync(Token);
        Authority.Write("token", "right");
        trust.Clock.Pass(FetchedKeys.Round);

        await Until.TrueAsync(async () => (await trust.LookAsync(Token)).Identity is not null);
    }

    private string Unknown(string keyId)
    {
        var header = Issuer.Key.Header();
        header["kid"] = keyId;
        return Issuer.Key.Token(Issuer.Claims(), header);
    }
}
