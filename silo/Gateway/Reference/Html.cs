using System.Text;
using System.Text.Encodings.Web;
using System.Text.RegularExpressions;
using System.Text.Unicode;

namespace Gantral.Silo.Gateway.Reference;

/// <summary>Writes a page, a line at a time. Whatever is text is escaped here and nowhere else.</summary>
internal sealed partial class Html
{
    private static readonly HtmlEncoder Encoder = HtmlEncoder.Create(UnicodeRanges.All);

    private readonly StringBuilder _page = new();

    /// <summary>A line of the page's own markup.</summary>
    public Html Line(string markup)
    {
        _page.Append(markup).Append('\n');
        return this;
    }

    /// <summary>Text, with what stands between backticks as code.</summary>
    public static string Prose(string text) => Ticks().Replace(Text(text), code => $"<code>{code.Groups[1].Value}</code>");

    /// <summary>Text as it is.</summary>
    public static string Text(string text) => Encoder.Encode(text).Replace("&#xA;", "\n", StringComparison.Ordinal);

    public override string ToString() => _page.ToString();

    [GeneratedRegex("`(.+?)`")]
    private static partial Regex Ticks();
}
