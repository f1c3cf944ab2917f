using Gantral.Abstractions.Vocabulary;
using Gantral.Grains.Definitions;

namespace Gantral.Grains.Policies;

/// <summary>Reads where and how a service is asked. Whether it may be asked at all is for the operator to say.</summary>
internal static class HttpPolicyReader
{
    private const int LongestUrl = 2000;

    private static readonly TimeSpan UsualTimeout = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan LongestTimeout = TimeSpan.FromSeconds(10);

    /// <summary>Reads the fields of an evaluator that is asked over HTTP.</summary>
    public static HttpPolicy Read(DefinitionFields fields) =>
        new(Url(fields.Required("url")), Shape(fields.Required("shape")), Timeout(fields.Optional("timeout")));

    private static Uri Url(DefinitionNode node)
    {
        var text = node.Text();

        // What one parser repairs another reads differently: white space and back slashes are not for URLs.
        if (text.Length <= LongestUrl && !text.Any(letter => letter <= ' ' || letter is '\\' or '#')
            && Uri.TryCreate(text, UriKind.Absolute, out var url) && (url.Scheme == Uri.UriSchemeHttp || url.Scheme == Uri.UriSchemeHttps)
            && url.Host.Length > 0 && !Authority(text).Contains('@', StringComparison.Ordinal))
        {
            return url;
        }

        node.Fail($"must be an absolute http or https URL without user and fragment, of at most {LongestUrl} characters");
        return new Uri("about:blank");
    }

    private static string Authority(string url)
    {
        var start = url.IndexOf("//", StringComparison.Ordinal) + 2;
        var end = url.IndexOfAny(['/', '?'], start);
        return end < 0 ? url[start..] : url[start..end];
    }

    private static HttpShape Shape(DefinitionNode node)
    {
        if (!WireName.TryParse<HttpShape>(node.Text(), out var shape))
        {
            node.Fail($"must be one of {string.Join(", ", WireName.All<HttpShape>())}");
        }

        return shape;
    }

    private static TimeSpan Timeout(DefinitionNode? node)
    {
        if (node is not { } given)
        {
            return UsualTimeout;
        }

        var timeout = given.Duration();
        if (timeout > LongestTimeout)
        {
            given.Fail("must be at most PT10S: execution waits for the answer");
        }

        return timeout;
    }
}
