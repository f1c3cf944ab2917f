using System.Buffers;
using System.Text.Json;
using Gantral.Abstractions.Evidence;
using Gantral.Silo.Gateway.Answers;
using Gantral.Silo.Gateway.Instances;

namespace Gantral.Silo.Webhooks;

/// <summary>An entry as a CloudEvent in structured JSON. Its data is the evidence; private content is only ever hashed in it.</summary>
internal static class CloudEvent
{
    /// <summary>The type of the body.</summary>
    public const string ContentType = "application/cloudevents+json";

    public static ReadOnlyMemory<byte> Write(TailedEntry tailed)
    {
        var bytes = new ArrayBufferWriter<byte>(2048);
        using (var json = new Utf8JsonWriter(bytes, Answer.Writing))
        {
            json.WriteStartObject();
            json.WriteString("specversion", "1.0");
            json.WriteString("id", tailed.EventId);
            json.WriteString("source", $"gantral://{tailed.Origin}");
            json.WriteString("type", tailed.EventType);
            json.WriteString("subject", Subject(tailed.Entry.Subject));
            json.Time("time", tailed.Entry.At);
            json.WriteString("datacontenttype", "application/json");
            json.WriteStartObject("data");
            json.WriteNumber("log_id", tailed.LogId);
            HistoryBody.WriteEvidence(json, tailed.Position, tailed.Hash, tailed.Bytes);
            json.WriteEndObject();
            json.WriteEndObject();
        }

        return bytes.WrittenMemory;
    }

    private static string Subject(Subject subject) =>
        subject.Type == SubjectType.Instance ? subject.Id : $"{Abstractions.Vocabulary.WireName.Of(subject.Type)}/{subject.Id}";
}
