using System.Security.Cryptography;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace Gantral.Silo.Gateway.Answers;

/// <summary>Bytes that stay the same as long as the silo runs. Whoever has them already is told so.</summary>
/// <param name="contentType">What they are.</param>
/// <param name="bytes">They.</param>
/// <param name="contentPolicy">What may be loaded beside them, unless it is a style sheet of ours alone.</param>
internal sealed class StaticPage(string contentType, byte[] bytes, string contentPolicy = StaticPage.StyleAlone)
{
    /// <summary>Nothing but the page's own style sheet is loaded, and nobody frames it.</summary>
    public const string StyleAlone = "default-src 'none'; style-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    private readonly EntityTagHeaderValue _tag = new($"\"{Convert.ToHexStringLower(SHA256.HashData(bytes).AsSpan(0, 16))}\"");

    /// <summary>Answers with them, or that they are known.</summary>
    public async Task SendAsync(HttpContext http)
    {
        var headers = http.Response.Headers;
        headers.ETag = _tag.ToString();
        headers.CacheControl = "no-cache";
        headers.XContentTypeOptions = "nosniff";
        headers.ContentSecurityPolicy = contentPolicy;
        headers["Referrer-Policy"] = "no-referrer";
        if (EntityTagHeaderValue.TryParseList(http.Request.Headers.IfNoneMatch, out var known) && known.Any(IsThis))
        {
            http.Response.StatusCode = StatusCodes.Status304NotModified;
            return;
        }

        http.Response.ContentType = contentType;
        http.Response.ContentLength = bytes.Length;
        await http.Response.Body.WriteAsync(bytes, http.RequestAborted);
    }

    private bool IsThis(EntityTagHeaderValue tag) => tag.Equals(EntityTagHeaderValue.Any) || tag.Compare(_tag, useStrongComparison: false);
}
