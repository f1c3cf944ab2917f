using System.Collections.Frozen;
using Gantral.Abstractions.Authority;
using Gantral.Abstractions.Vocabulary;
using Gantral.Silo.Gateway.Requests;
using Gantral.Silo.Streams;
using Microsoft.AspNetCore.Http;

namespace Gantral.Silo.Gateway.Streams;

/// <summary>What somebody asks to follow: filters, each of which may be given several times, and after which event.</summary>
internal sealed class StreamQuery : QueryFields
{
    public const string Team = "team";
    public const string WorkflowId = "workflow_id";
    public const string Type = "type";
    public const string LastEventId = "last_event_id";

    /// <summary>The header by which browsers say the same as by <see cref="LastEventId"/>; it prevails, for it is the newer one after a reconnection.</summary>
    public const string LastEventIdHeader = "Last-Event-ID";

    /// <summary>What is said about an id that leads nowhere.</summary>
    public const string BadPlace = "the last event id is none that a stream of this database gave; send the id of the last event as it was, or none to begin with what happens from now on";

    private const int MostValues = 100;

    public StreamQuery(ApiRequest request)
        : base(request)
    {
        Teams = Names(Team);
        Workflows = Names(WorkflowId);
        Types = ReadTypes();
        After = ReadPlace(request.Http);
    }

    /// <summary>The teams that are named; none means all of the caller.</summary>
    public FrozenSet<string>? Teams { get; }

    /// <summary>The workflows that are named.</summary>
    public FrozenSet<string>? Workflows { get; }

    /// <summary>The types that are named.</summary>
    public FrozenSet<EventType>? Types { get; }

    /// <summary>The place after which to go on; none means from now on.</summary>
    public StreamPlace? After { get; }

    private FrozenSet<string>? Names(string name)
    {
        var values = Several(name, MostValues);
        if (values.Any(value => !PlainName.Is(value)))
        {
            Fail($"{name} is no name");
        }

        return values.Count == 0 ? null : values.ToFrozenSet(StringComparer.Ordinal);
    }

    private FrozenSet<EventType>? ReadTypes()
    {
        var types = new HashSet<EventType>();
        foreach (var word in Several(Type, MostValues))
        {
            if (!WireName.TryParse<EventType>(word, out var type))
            {
                Fail($"{Type} must be one of {string.Join(", ", WireName.All<EventType>())}");
            }

            types.Add(type);
        }

        return types.Count == 0 ? null : types.ToFrozenSet();
    }

    private StreamPlace? ReadPlace(HttpRequest request)
    {
        var header = request.Headers[LastEventIdHeader];
        var text = header is [{ Length: > 0 } value] ? value : Filter(LastEventId);
        var place = text is null ? null : StreamPlace.TryRead(text);
        if (header.Count > 1 || (text is not null && place is null))
        {
            Fail(BadPlace);
        }

        return place;
    }
}
