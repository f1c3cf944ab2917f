using Gantral.Silo.Identity.Federation;
using Gantral.Silo.Tests.Identity;
using Gantral.Silo.Tests.Node;
using Gantral.Silo.Tests.WholeLife;

namespace Gantral.Silo.Tests.Pages;

/// <summary>People sign in on the pages at a provider that nobody here wrote: the code flow with PKCE, by a client without a secret.</summary>
public sealed class CodeFlowTests(OpenIdProvider provider) : IClassFixture<OpenIdProvider>
{
    [Fact]
    public async Task Somebody_signs_in_at_the_issuer_and_is_back_where_they_were()
    {
        var place = $"{IssuerSettingsReader.Setting.Replace(":", "__", StringComparison.Ordinal)}__it__";
        using var silo = new SiloUnderTest
        {
            Settings =
            [
                .. provider.Settings().Where(one => one.Name != $"{place}Clients"),
                ($"{place}Clients", "gantral-web,gantral-pages"), ($"{place}PagesClientId", "gantral-pages"), ($"{place}PagesScope", "openid use"),
                ("Gantral__Identity__Dev", "false"),
            ],
        };
        await silo.StartAsync();
        await using var browser = await NodeService.OpenAsync("Pages/browser", "playwright-core");
        using var client = new HttpClient();

        Assert.Null(await Scenario.RunAsync(client, browser, silo.Address, "signIn/byAnIssuer", ("issuer", provider.Url)));
        Assert.Null(await Scenario.RunAsync(client, browser, silo.Address, "signIn/notBySomebodyElsesCode", ("issuer", provider.Url)));
        await silo.DisposeAsync();
    }
}
