using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using Gantral.Abstractions.Refusals;

namespace Gantral.Silo.Gateway.Answers;

/// <summary>What a request is answered with: a body, or a refusal.</summary>
internal sealed record Answer
{
    // What is sent is JSON and nothing else, never a part of a page: only what JSON itself wants escaped is.
    public static readonly JsonWriterOptions Writing = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = false };

    private Answer(int status) => Status = status;

    public int Status { get; }

    public ReadOnlyMemory<byte> Body { get; private init; }

    public string? Location { get; private init; }

    public string ContentType { get; private init; } = "application/json";

    /// <summary>What names exactly this body, as <c>ETag</c> has it.</summary>
    public string? Tag { get; init; }

    /// <summary>What a browser may do with it.</summary>
    public string? ContentPolicy { get; init; }

    /// <summary>Under what name to keep it.</summary>
    public string? FileName { get; init; }

    /// <summary>Writes the body piece by piece, in place of one that is there as a whole.</summary>
    public Func<Stream, CancellationToken, Task>? Stream { get; private init; }

    public Refusal? Refusal { get; private init; }

    /// <summary>Something that was asked for.</summary>
    public static Answer Ok(Action<Utf8JsonWriter> write) => new(200) { Body = Write(write) };

    /// <summary>Something that was asked for and is written already.</summary>
    public static Answer Ok(string contentType, ReadOnlyMemory<byte> body) => new(200) { ContentType = contentType, Body = body };

    /// <summary>Something of any length.</summary>
    public static Answer Streamed(string contentType, Func<Stream, CancellationToken, Task> write) => new(200) { ContentType = contentType, Stream = write };

    /// <summary>Something that was made, and where it is if it can be read there.</summary>
    public static Answer Created(string? location, Action<Utf8JsonWriter> write) => new(201) { Location = location, Body = Write(write) };

    /// <summary>The caller has it already.</summary>
    public static Answer NotModified(string tag) => new(304) { Tag = tag };

    /// <summary>Nothing was done.</summary>
    public static Answer Refused(Refusal refusal) => new(refusal.HttpStatus) { Refusal = refusal };

    /// <summary>Nothing was done.</summary>
    public static Answer Refused(RefusalCode code, string message) => Refused(new Refusal(code, message));

    /// <summary>A status and its body.</summary>
    public static Answer WithStatus(int status, Action<Utf8JsonWriter> write) => new(status) { Body = Write(write) };

    private static ReadOnlyMemory<byte> Write(Action<Utf8JsonWriter> write)
    {
        var bytes = new ArrayBufferWriter<byte>(1024);
        using (var json = new Utf8JsonWriter(bytes, Writing))
        {
            json.WriteStartObject();
            write(json);
            json.WriteEndObject();
        }

        return bytes.WrittenMemory;
    }
}
