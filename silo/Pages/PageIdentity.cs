using System.Buffers;
using System.Collections.Immutable;
using System.Text.Json;
using Gantral.Silo.Gateway.Answers;
using Gantral.Silo.Identity.Federation;

namespace Gantral.Silo.Pages;

/// <summary>What the pages are told about signing in. Anybody may read it, so no secret is in it.</summary>
internal static class PageIdentity
{
    public static byte[] Of(bool isDevelopment, ImmutableArray<PagesSignIn> signIns)
    {
        var bytes = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(bytes, Answer.Writing))
        {
            json.WriteStartObject();
            json.WriteBoolean("development", isDevelopment);
            json.WriteStartArray("issuers");
            foreach (var one in signIns)
            {
                json.WriteStartObject();
                json.WriteString("name", one.Name);
                json.WriteString("issuer", one.Issuer);
                json.WriteString("discovery", one.Discovery.AbsoluteUri);
                json.WriteString("client_id", one.ClientId);
                json.WriteString("scope", one.Scope);
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        return bytes.WrittenSpan.ToArray();
    }
}
