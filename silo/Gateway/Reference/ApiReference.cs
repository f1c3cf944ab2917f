using System.Collections.Immutable;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Gantral.Silo.Gateway.Answers;
using Gantral.Silo.Gateway.Routes;

namespace Gantral.Silo.Gateway.Reference;

/// <summary>What the API says of itself, made once at the start: the document for programs, and the page for people.</summary>
internal static class ApiReference
{
    private static readonly JsonSerializerOptions Writing = new() { Encoder = Answer.Writing.Encoder, WriteIndented = true };

    /// <summary>The pages, by their paths.</summary>
    public static ImmutableArray<(string Path, StaticPage Page)> Of(ImmutableArray<Route> routes)
    {
        var operations = OperationsOf(routes);
        return
        [
            (OpenPages.Document.Path, new StaticPage("application/json", Encoding.UTF8.GetBytes(Document(operations).ToJsonString(Writing)))),
            (OpenPages.Page.Path, new StaticPage("text/html; charset=utf-8", Encoding.UTF8.GetBytes(ReferencePage.Of(operations)))),
            (OpenPages.StyleSheet, new StaticPage("text/css; charset=utf-8", StyleSheet())),
        ];
    }

    /// <summary>Every operation that is served, by its tag and there in the order of a life.</summary>
    public static ImmutableArray<Operation> OperationsOf(ImmutableArray<Route> routes) =>
        [.. routes.Select(Operation.Of).Concat(OpenPages.All.Select(Operation.Of)).OrderBy(Place)];

    /// <summary>The document.</summary>
    public static JsonObject Document(ImmutableArray<Operation> operations) => new OpenApiDocument(operations).ToJson();

    private static int Place(Operation operation)
    {
        var place = Tags.All.ToList().FindIndex(tag => tag.Name == operation.Described.Tag);
        return place >= 0 ? place : throw new InvalidOperationException($"The tag {operation.Described.Tag} of {operation.Described.Id} is not described in Tags.");
    }

    private static byte[] StyleSheet()
    {
        using var stream = typeof(ApiReference).Assembly.GetManifestResourceStream("reference.css")!;
        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return bytes;
    }
}
