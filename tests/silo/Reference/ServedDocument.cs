using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Gantral.Silo.Gateway;
using Gantral.Silo.Gateway.Reference;
using Gantral.Silo.Gateway.Routes;
using Gantral.Silo.Tests.Gateway;

namespace Gantral.Silo.Tests.Reference;

/// <summary>The OpenAPI document, and whether answers are what it says. Every answer of a real silo in these tests is held to it.</summary>
internal static partial class ServedDocument
{
    /// <summary>The routes in the order of a life.</summary>
    public static ImmutableArray<Route> Routes { get; } = RouteTable.Of(new GatewayParts
    {
        Grains = new RecordingGrains(),
        NewInstanceId = _ => default,
        NewDelegationId = null!,
        Instances = null!,
        Definitions = null!,
        Delegations = null!,
        Reports = null!,
        Evidence = null!,
        Tokens = null!,
    });

    public static ImmutableArray<Operation> Operations { get; } = [.. Routes.Select(Operation.Of), .. OpenPages.All.Select(Operation.Of)];

    public static JsonObject Json { get; } = (JsonObject)JsonNode.Parse(ApiReference.Document(ApiReference.OperationsOf(Routes)).ToJsonString())!;

    /// <summary>A schema by its reference.</summary>
    public static JsonObject Follow(string reference) => (JsonObject)reference[2..].Split('/').Aggregate((JsonNode)Json, (node, name) => node[name]!);

    /// <summary>What the document says of an operation.</summary>
    public static JsonObject Of(Operation operation) => (JsonObject)Json["paths"]![operation.Template]![operation.Method.ToLowerInvariant()]!;

    /// <summary>Asserts that an answer is one that the document describes.</summary>
    public static void Check(HttpRequestMessage request, Answered answered)
    {
        var path = (request.RequestUri!.IsAbsoluteUri ? request.RequestUri.AbsolutePath : request.RequestUri.OriginalString).Split('?')[0];
        if (Operations.Where(operation => operation.Method == request.Method.Method && Pattern(operation).IsMatch(path)).MinBy(operation => operation.Parts.Count()) is { } found)
        {
            Check(found, answered);
        }
    }

    /// <summary>Asserts that an answer is one that the document describes for an operation.</summary>
    public static void Check(Operation operation, Answered answered)
    {
        var what = $"{operation.Described.Id} answers {answered.Status}";
        var described = Of(operation)["responses"]![answered.Status.ToString(CultureInfo.InvariantCulture)];
        Assert.True(described is not null, $"{what}, which is not described: {answered.Body?.ToJsonString()}");
        var media = described["content"]?.AsObject().FirstOrDefault(content => content.Key.Split(';')[0] == answered.ContentType);
        Assert.True((answered.ContentType is null && described["content"] is null) || media?.Value is not null, $"{what} with {answered.ContentType}, which is not described.");
        if (answered.Body is not null)
        {
            Assert.Equal([], SchemaCheck.Faults((JsonObject)media!.Value.Value!["schema"]!, answered.Body).Select(fault => $"{what}: {fault}"));
        }
    }

    private static Regex Pattern(Operation operation) =>
        new($"^{TailPattern().Replace(PartPattern().Replace(Regex.Escape(operation.Path).Replace("\\{", "{", StringComparison.Ordinal), "[^/]+"), ".+")}$");

    [GeneratedRegex(@"\{[a-z_]+\}")]
    private static partial Regex PartPattern();

    [GeneratedRegex(@"\{\\\*[a-z_]+\}")]
    private static partial Regex TailPattern();
}
