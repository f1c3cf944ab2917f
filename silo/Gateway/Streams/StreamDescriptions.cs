using Gantral.Abstractions.Authority;
using Gantral.Silo.Gateway.Reference;

namespace Gantral.Silo.Gateway.Streams;

/// <summary>What <see cref="StreamOperations"/> does, for whoever calls it.</summary>
internal static class StreamDescriptions
{
    public static Described Entries { get; } = new("follow_entries", "Streams", "Follow what happens")
    {
        Text = "Server-sent events, from now on or after the event that `Last-Event-ID` names. `entry` is an entry: to auditors as a history shows it, to everybody else of the team what happened to what and when. `mark` only moves the id forward. `end` says why the silo ends the stream. Nothing is left out or told twice when the last id is sent back; whoever reads too slowly is cut off, and goes on from there.",
        Query =
        [
            new(StreamQuery.Team, Form.Name, "Only of these teams; all of the caller's unless said. May be given several times.", "payments") { IsRepeated = true },
            new(StreamQuery.WorkflowId, Form.Name, "Only of these workflows. May be given several times.", "deploy") { IsRepeated = true },
            new(StreamQuery.Type, Form.Word<EventType>(), "Only of these types. May be given several times.", "WAITING_FOR_HUMAN") { IsRepeated = true },
            new(StreamQuery.LastEventId, Form.Text("event id"), "The same as the header, for whoever cannot set one; the header prevails.", "AQEB"),
        ],
        Answers = [DescribedAnswer.Of(StreamOperations.ContentType, "Events, for as long as the token is believed.")],
        Examples = [new("decisions", "What waits for people, from now on") { Query = "?type=WAITING_FOR_HUMAN&team=payments" }],
    };
}
