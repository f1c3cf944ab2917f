using System.Text;
using Gantral.Evidence.Json;

namespace Gantral.Evidence.Tests.Json;

/// <summary>Canonical JSON as strings, which tests are easier to read in.</summary>
internal static class CanonicalText
{
    public static string Of(string json) => CanonicalJson.Canonicalize(Encoding.UTF8.GetBytes(json)).ToString();

    public static JsonFault RefusalOf(string json, JsonLimits? limits = null) =>
        RefusalOf(Encoding.UTF8.GetBytes(json), limits);

    public static JsonFault RefusalOf(byte[] json, JsonLimits? limits = null)
    {
        var accepted = CanonicalJson.TryCanonicalize(json, limits ?? JsonLimits.Default, out var canonical, out var fault);
        Assert.False(accepted, $"accepted as {canonical}");
        Assert.True(canonical.IsEmpty);
        Assert.NotEmpty(fault.Message);
        return fault;
    }

    /// <summary>The fault a reader finds in bytes that are not canonical.</summary>
    public static JsonFault ReadFaultOf(string json, JsonLimits? limits = null)
    {
        var canonical = CanonicalJson.IsCanonical(Encoding.UTF8.GetBytes(json), limits ?? JsonLimits.Default, out var fault);
        Assert.False(canonical, json);
        Assert.NotEmpty(fault.Message);
        return fault;
    }

    /// <summary>Whether two ways of telling canonical bytes from others agree: reading, and canonicalizing afresh.</summary>
    public static bool AgreesOn(ReadOnlySpan<byte> bytes, out bool isCanonical)
    {
        isCanonical = CanonicalJson.IsCanonical(bytes, JsonLimits.Default, out _);
        var byRewriting = CanonicalJson.TryCanonicalize(bytes, JsonLimits.Default, out var canonical, out _)
            && canonical.Span.SequenceEqual(bytes);
        return isCanonical == byRewriting;
    }
}
