using System.Collections.Immutable;
using Gantral.Silo.Gateway.Health;

namespace Gantral.Silo.Gateway.Reference;

/// <summary>Every page that needs no token.</summary>
internal static class OpenPages
{
    private const string Tag = "Reference";

    private static readonly DescribedAnswer Known = new(304, "It is still what `If-None-Match` names.");

    public static OpenPage Live { get; } = new("/healthz/live", HealthDescriptions.IsLive);

    public static OpenPage Ready { get; } = new("/healthz/ready", HealthDescriptions.IsReady);

    public static OpenPage Document { get; } = new("/openapi/v1.json", new Described("get_openapi", Tag, "Read this document")
    {
        Text = "The API as OpenAPI 3.1: the same bytes as long as the silo runs, with an ETag.",
        Answers = [DescribedAnswer.Ok(Form.Free, "The document."), Known],
        Examples = [new("document", "The document")],
    });

    public static OpenPage Page { get; } = new("/docs/api", new Described("get_reference", Tag, "Read it as a page")
    {
        Text = "The same for people: one page without scripts, which loads nothing from elsewhere.",
        Answers = [DescribedAnswer.Of("text/html; charset=utf-8", "The page."), Known],
        Examples = [new("page", "The page")],
    });

    /// <summary>The style sheet of the page.</summary>
    public const string StyleSheet = "/docs/reference.css";

    public static ImmutableArray<OpenPage> All { get; } = [Live, Ready, Document, Page];
}
