using System.Buffers;
using System.Diagnostics;
using System.Text.Json;
using Gantral.Abstractions.Refusals;
using Gantral.Abstractions.Vocabulary;
using Microsoft.AspNetCore.Http;

namespace Gantral.Silo.Gateway.Answers;

/// <summary>Errors as RFC 9457 has them, with the stable code that programs act on.</summary>
internal static class Problem
{
    /// <summary>Answers with a refusal.</summary>
    public static Task WriteAsync(HttpContext http, Refusal refusal)
    {
        if (refusal.Code == RefusalCode.Unauthenticated)
        {
            http.Response.Headers.WWWAuthenticate = "Bearer error=\"invalid_token\"";
        }

        if (refusal.Code is RefusalCode.StorageUnavailable or RefusalCode.Overloaded or RefusalCode.RateLimited)
        {
            http.Response.Headers.RetryAfter = "1";
        }

        return WriteAsync(http, refusal.HttpStatus, WireName.Of(refusal.Code), TitleOf(refusal.Code), refusal.Message);
    }

    /// <summary>Answers with an error that is no refusal of the domain.</summary>
    public static async Task WriteAsync(HttpContext http, int status, string code, string title, string detail)
    {
        var bytes = new ArrayBufferWriter<byte>(512);
        using (var json = new Utf8JsonWriter(bytes, Answer.Writing))
        {
            json.WriteStartObject();
            json.WriteString("type", TypeOf(code));
            json.WriteString("title", title);
            json.WriteNumber("status", status);
            json.WriteString("detail", detail);
            json.WriteString("code", code);
            json.WriteString("trace_id", TraceId(http));
            json.WriteEndObject();
        }

        http.Response.StatusCode = status;
        http.Response.ContentType = "application/problem+json";
        http.Response.ContentLength = bytes.WrittenCount;
        await http.Response.Body.WriteAsync(bytes.WrittenMemory, http.RequestAborted);
    }

    /// <summary>By what a request is found again in the log.</summary>
    public static string TraceId(HttpContext http) => Activity.Current?.TraceId.ToHexString() ?? http.TraceIdentifier;

    /// <summary>What names a kind of problem to programs that know nothing of ours.</summary>
    public static string TypeOf(string code) => $"urn:gantral:problem:{code}";

    /// <summary>The title names the kind of problem and is the same each time; the detail is about this one.</summary>
    public static string TitleOf(RefusalCode code)
    {
        var words = WireName.Of(code).Replace('_', ' ');
        return char.ToUpperInvariant(words[0]) + words[1..];
    }
}
