using System.Text;
using System.Xml;
using Gantral.Abstractions.Vocabulary;

namespace Gantral.Client.Connection;

/// <summary>A path and its query, written part by part.</summary>
internal sealed class Query(string path)
{
    private readonly StringBuilder _text = new(path);
    private bool _hasOne;

    public Query And(string name, string? value)
    {
        if (value is not null)
        {
            _text.Append(_hasOne ? '&' : '?').Append(name).Append('=').Append(Uri.EscapeDataString(value));
            _hasOne = true;
        }

        return this;
    }

    public Query And(string name, long? value) => And(name, value?.ToString(System.Globalization.CultureInfo.InvariantCulture));

    public Query And(string name, TimeSpan? value) => And(name, value is { } span ? XmlConvert.ToString(span) : null);

    public Query And(string name, DateTimeOffset? value) => And(name, value is { } at ? Instant.From(at).ToString() : null);

    public Query And(string name, bool value) => value ? And(name, "true") : this;

    public Query And(string name, IEnumerable<string>? values)
    {
        foreach (var value in values ?? [])
        {
            And(name, value);
        }

        return this;
    }

    public Query Word<T>(string name, T? value) where T : struct, Enum => And(name, value is { } word ? WireName.Of(word) : null);

    public override string ToString() => _text.ToString();
}
