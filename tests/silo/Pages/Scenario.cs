using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Gantral.Silo.Tests.Node;

namespace Gantral.Silo.Tests.Pages;

/// <summary>Something that people do in the browser, out of tests/silo/Pages/browser/scenarios.</summary>
internal static class Scenario
{
    /// <summary>Has the browser carry it out, and answers what went wrong, or nothing.</summary>
    public static async Task<string?> RunAsync(HttpClient client, NodeService browser, Uri silo, string name, params (string Name, JsonNode? Value)[] told)
    {
        var asked = new JsonObject { ["scenario"] = name, ["address"] = silo.ToString() };
        foreach (var (what, value) in told)
        {
            asked[what] = value;
        }

        using var answer = await client.PostAsJsonAsync($"http://127.0.0.1:{browser.Port}/", asked);
        return (string?)(await answer.Content.ReadFromJsonAsync<JsonObject>())!["fault"];
    }
}
