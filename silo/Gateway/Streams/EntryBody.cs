using System.Buffers;
using System.Text.Json;
using Gantral.Abstractions.Authority;
using Gantral.Abstractions.Evidence;
using Gantral.Silo.Gateway.Answers;
using Gantral.Silo.Gateway.Instances;
using Gantral.Silo.Streams;

namespace Gantral.Silo.Gateway.Streams;

/// <summary>An entry as a stream shows it, in one line. The names are part of the API and never change.</summary>
internal static class EntryBody
{
    /// <summary>As a history shows it to an auditor, and in which log it is.</summary>
    public static byte[] Whole(StreamedEntry entry) => Write(entry, json => HistoryBody.WriteFields(json, entry.Placed));

    /// <summary>That something happened to what, and when: nothing private, and nothing that the instance itself would not show to everybody of the team.</summary>
    public static byte[] Brief(StreamedEntry entry) => Write(entry, json =>
    {
        var subject = entry.Entry.Subject;
        json.WriteNumber("position", entry.Placed.Position);
        json.Time("at", entry.Entry.At);
        json.Word("from_state", entry.Entry.FromState);
        json.WriteString("instance_id", subject.Type == SubjectType.Instance ? subject.Id : null);
        json.WriteString("owning_team_id", entry.Team);
        json.WriteNumber("sequence", entry.Entry.Sequence);
        json.Word("state", entry.Entry.State);
        json.WriteStartObject("subject");
        json.WriteString("id", subject.Id);
        json.Word<SubjectType>("type", subject.Type);
        json.WriteEndObject();
        json.Word<EventType>("type", entry.Type);
        json.WriteString("workflow_id", entry.WorkflowId);
    });

    private static byte[] Write(StreamedEntry entry, Action<Utf8JsonWriter> fields)
    {
        var bytes = new ArrayBufferWriter<byte>(512);
        using (var json = new Utf8JsonWriter(bytes, Answer.Writing))
        {
            json.WriteStartObject();
            json.WriteNumber("log_id", entry.LogId);
            fields(json);
            json.WriteEndObject();
        }

        return bytes.WrittenSpan.ToArray();
    }
}
