using System.Buffers;
using Gantral.Abstractions.Evidence;
using Gantral.Abstractions.Refusals;
using Gantral.Evidence.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;

namespace Gantral.Silo.Gateway.Requests;

/// <summary>Reads a body and brings it into its one canonical form; what two parsers could read differently is refused.</summary>
internal static class BodyText
{
    /// <summary>How many bytes a body may have.</summary>
    public const int MostBytes = 256 * 1024;

    // Contexts end up inside evidence bundles, which nest them deeper and may not pass the depth that JSON is read to.
    public static readonly JsonLimits Limits = new() { MaxBytes = MostBytes, MaxDepth = 32 };
    private static readonly CanonicalBytes NoFields = CanonicalJson.Canonicalize("{}"u8);

    /// <summary>The body of a request. None at all is as good as an object without fields.</summary>
    public static async ValueTask<(CanonicalBytes Body, Refusal? Refusal)> ReadAsync(HttpRequest request)
    {
        if (request.ContentLength > MostBytes)
        {
            return (default, TooLarge());
        }

        var bytes = await ReadBytesAsync(request);
        return bytes is null ? (default, TooLarge())
            : bytes.Length == 0 ? (NoFields, null)
            : TypeFault(request) is { } wrongType ? (default, wrongType)
            : CanonicalJson.TryCanonicalize(bytes, Limits, out var canonical, out var fault) ? (canonical, null)
            : fault.Code == JsonFaultCode.TooLarge ? (default, TooLarge())
            : (default, new Refusal(RefusalCode.InvalidBody, $"The body cannot be read at {Place(fault)}: {fault.Message}"));
    }

    private static string Place(JsonFault fault) => fault.Path.Length == 0 ? $"byte {fault.Offset}" : $"{fault.Path} (byte {fault.Offset})";

    /// <summary>The bytes of a body as they came; none where there are too many.</summary>
    public static async ValueTask<byte[]?> ReadBytesAsync(HttpRequest request)
    {
        var reader = request.BodyReader;
        while (true)
        {
            var read = await reader.ReadAsync(request.HttpContext.RequestAborted);
            if (read.Buffer.Length > MostBytes)
            {
                reader.AdvanceTo(read.Buffer.End);
                return null;
            }

            if (read.IsCompleted)
            {
                var bytes = read.Buffer.ToArray();
                reader.AdvanceTo(read.Buffer.End);
                return bytes;
            }

            reader.AdvanceTo(read.Buffer.Start, read.Buffer.End);
        }
    }

    private static Refusal? TypeFault(HttpRequest request) =>
        !StringValues.IsNullOrEmpty(request.Headers.ContentEncoding)
            ? new Refusal(RefusalCode.InvalidBody, "The body has a Content-Encoding; send it as it is.")
            : !MediaTypeHeaderValue.TryParse(request.ContentType, out var type)
                || !type.MediaType.Equals("application/json", StringComparison.OrdinalIgnoreCase)
                || (type.Charset.HasValue && !type.Charset.Equals("utf-8", StringComparison.OrdinalIgnoreCase))
                ? new Refusal(RefusalCode.InvalidBody, "The body is not declared as JSON; send it with Content-Type: application/json, in UTF-8.")
                : null;

    /// <summary>The refusal of a body that is over the limit.</summary>
    public static Refusal TooLarge() =>
        new(RefusalCode.TooLarge, $"The body has more than {MostBytes / 1024} KiB; send references to large content instead of the content.");
}
