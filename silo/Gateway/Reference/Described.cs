using System.Collections.Immutable;
using Gantral.Abstractions.Refusals;

namespace Gantral.Silo.Gateway.Reference;

/// <summary>What an operation says of itself. The OpenAPI document, the reference page and the query that it takes are made of this.</summary>
/// <remarks>
/// To add a route: one line in <see cref="Routes.RouteTable"/>, at the place in the order of a life where its example can
/// be sent, and one description beside its operations (<c>…Descriptions.cs</c>): an id, a tag, what it does, the query
/// parameters it knows (no other reaches the operation), the <see cref="Shape"/> of its body and of its answer, the
/// refusals that only it knows, and an <see cref="Example"/> with the request. A new part of a path gets its line in
/// <see cref="PathParts"/>. The answer to the example is not written but recorded: run the tests of
/// <c>ReferenceStoryTests</c> once with <c>GANTRAL_RECORD_EXAMPLES=1</c> and look at what it writes into
/// <c>Reference/Recorded</c>; from then on the answer must stay like that, and every answer in the tests must fit its shape.
/// </remarks>
/// <param name="Id">By what programs know it.</param>
/// <param name="Tag">Among which operations it is shown.</param>
/// <param name="Summary">What it does, in a few words.</param>
internal sealed record Described(string Id, string Tag, string Summary)
{
    /// <summary>What it does, and what there is to know about it.</summary>
    public required string Text { get; init; }

    /// <summary>The parameters of its query.</summary>
    public ImmutableArray<Parameter> Query { get; init; } = [];

    /// <summary>The body it takes.</summary>
    public Form? Body { get; init; }

    /// <summary>The media type of the body.</summary>
    public string BodyMedia { get; init; } = "application/json";

    /// <summary>What it answers when nothing is refused.</summary>
    public required ImmutableArray<DescribedAnswer> Answers { get; init; }

    /// <summary>What it may refuse, besides what every operation of its kind may.</summary>
    public ImmutableArray<RefusalCode> Refusals { get; init; } = [];

    /// <summary>Requests that can be sent as they are, after those of the operations before it.</summary>
    public required ImmutableArray<Example> Examples { get; init; }
}
