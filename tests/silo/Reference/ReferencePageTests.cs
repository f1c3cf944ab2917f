using System.Net;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Gantral.Silo.Gateway.Reference;
using Gantral.Silo.Tests.Gateway;

namespace Gantral.Silo.Tests.Reference;

/// <summary>The document and the page as they are served: to anybody, the same bytes each time, and nothing from elsewhere.</summary>
public sealed partial class ReferencePageTests : IAsyncLifetime
{
    private ServedApi _api = null!;

    public async Task InitializeAsync() => _api = await ServedApi.StartAsync();

    public Task DisposeAsync() => _api.DisposeAsync().AsTask();

    public static TheoryData<string, string> Pages => new()
    {
        { "/openapi/v1.json", "application/json" },
        { "/docs/api", "text/html" },
        { "/docs/reference.css", "text/css" },
    };

    [Theory]
    [MemberData(nameof(Pages))]
    public async Task A_page_is_served_without_a_token_and_not_sent_again_to_whoever_has_it(string path, string media)
    {
        using var first = await _api.Client.GetAsync(path);
        Assert.Equal((HttpStatusCode.OK, media), (first.StatusCode, first.Content.Headers.ContentType?.MediaType));
        Assert.StartsWith("default-src 'none'; style-src 'self'; ", first.Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);
        var tag = first.Headers.ETag!;
        foreach (var known in new[] { tag.ToString(), $"\"other\", W/{tag}", "*" })
        {
            var request = ServedApi.Request("GET", path);
            request.Headers.TryAddWithoutValidation("If-None-Match", known);
            using var again = await _api.Client.SendAsync(request);
            Assert.Equal((HttpStatusCode.NotModified, tag), (again.StatusCode, again.Headers.ETag));
            Assert.Empty(await again.Content.ReadAsByteArrayAsync());
        }

        var stale = ServedApi.Request("GET", path);
        stale.Headers.TryAddWithoutValidation("If-None-Match", "\"other\"");
        using var anew = await _api.Client.SendAsync(stale);
        Assert.Equal(HttpStatusCode.OK, anew.StatusCode);
    }

    [Fact]
    public async Task The_document_that_is_served_is_the_one_that_the_tests_hold_answers_to() =>
        Assert.True(JsonNode.DeepEquals(ServedDocument.Json, (await _api.SendAsync(ServedApi.Request("GET", "/openapi/v1.json"))).Body));

    [Fact]
    public void Every_operation_that_is_served_is_in_the_document_once_with_a_name_of_its_own()
    {
        var described = ServedDocument.Json["paths"]!.AsObject().SelectMany(path => path.Value!.AsObject().Select(operation => $"{operation.Key.ToUpperInvariant()} {path.Key}"));
        Assert.Equal(ServedDocument.Operations.Select(operation => $"{operation.Method} {operation.Template}").Order(StringComparer.Ordinal), described.Order(StringComparer.Ordinal));
        Assert.Equal(ServedDocument.Operations.Length, ServedDocument.Operations.Select(operation => operation.Described.Id).Distinct().Count());
        foreach (var operation in ServedDocument.Operations)
        {
            Assert.NotEmpty(operation.Described.Examples);
            Assert.Equal(operation.IsPost, operation.Described.Body is not null);
            Assert.Equal(operation.Described.Examples.Length, operation.Described.Examples.Select(example => example.Name).Distinct().Count());
        }
    }

    [Fact]
    public async Task The_page_has_a_place_for_every_operation_and_every_link_leads_somewhere_on_it()
    {
        var page = await _api.Client.GetStringAsync("/docs/api");
        var places = PlacePattern().Matches(page).Select(match => match.Groups[1].Value).ToList();

        Assert.Equal(places.Count, places.Distinct().Count());
        Assert.Empty(ServedDocument.Operations.Select(operation => operation.Described.Id).Except(places));
        Assert.All(LinkPattern().Matches(page), link => Assert.Contains(link.Groups[1].Value, (IEnumerable<string>)[.. places.Select(place => $"#{place}"), "/openapi/v1.json", "/docs/reference.css"]));
    }

    [Fact]
    public async Task The_page_has_no_script_no_style_of_its_own_and_nothing_from_elsewhere()
    {
        var page = await _api.Client.GetStringAsync("/docs/api");

        Assert.DoesNotMatch("`|&#x60;", page);
        Assert.DoesNotMatch(@"(?i)<script|<style|<img|<iframe|\sstyle=|\son[a-z]+=|\ssrc=|url\(", page);
        Assert.DoesNotMatch("(?i)@import|url\\(", await _api.Client.GetStringAsync("/docs/reference.css"));
        Assert.All(CurlPattern().Matches(page), curl => Assert.StartsWith("&quot;$GANTRAL_URL/", curl.Groups[1].Value, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_silo_that_serves_health_alone_serves_no_reference()
    {
        await using var worker = await ServedApi.StartAsync(new Gantral.Silo.Gateway.GatewayOptions { Port = 0, LocalOnly = true, ServesApi = false });

        Assert.Equal(200, (await worker.SendAsync(ServedApi.Request("GET", OpenPages.Live.Path))).Status);
        (await worker.SendAsync(ServedApi.Request("GET", OpenPages.Document.Path))).IsProblem(404, "not_found");
    }

    [GeneratedRegex(" id=\"([^\"]+)\"")]
    private static partial Regex PlacePattern();

    [GeneratedRegex(" href=\"([^\"]+)\"")]
    private static partial Regex LinkPattern();

    [GeneratedRegex("curl ([^ ]+)")]
    private static partial Regex CurlPattern();
}
