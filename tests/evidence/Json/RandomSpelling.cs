using System.Globalization;
using System.Numerics;
using System.Text;

namespace Gantral.Evidence.Tests.Json;

/// <summary>
/// Spells a <see cref="RandomDocument"/> value in one of the many ways that mean the same: shuffled members, white
/// space (no line feeds, so that a document stays a line), needless escapes, numbers with more digits or exponents.
/// </summary>
internal sealed class RandomSpelling(Random random)
{
    private readonly StringBuilder _text = new();

    public string Write(object? value)
    {
        _text.Clear();
        Value(value);
        return _text.ToString();
    }

    private void Value(object? value)
    {
        Space();
        switch (value)
        {
            case null:
                _text.Append("null");
                break;
            case bool truth:
                _text.Append(truth ? "true" : "false");
                break;
            case double number:
                Number(number);
                break;
            case string text:
                Text(text);
                break;
            case List<object?> elements:
                Sequence('[', elements, ']', Value);
                break;
            case List<KeyValuePair<string, object?>> members:
                var shuffled = members.ToArray();
                random.Shuffle(shuffled);
                Sequence('{', shuffled, '}', Member);
                break;
        }

        Space();
    }

    private void Member(KeyValuePair<string, object?> member)
    {
        Space();
        Text(member.Key);
        Space();
        _text.Append(':');
        Value(member.Value);
    }

    private void Sequence<T>(char open, IReadOnlyCollection<T> items, char close, Action<T> write)
    {
        _text.Append(open);
        if (items.Count == 0)
        {
            Space();
        }

        var separator = "";
        foreach (var item in items)
        {
            _text.Append(separator);
            separator = ",";
            write(item);
        }

        _text.Append(close);
    }

    private void Space()
    {
        if (random.Next(8) == 0)
        {
            _text.Append(' ', random.Next(3)).Append('\t', random.Next(2)).Append('\r', random.Next(2));
        }
    }

    private void Text(string text)
    {
        _text.Append('"');
        var escaped = false;
        foreach (var unit in text)
        {
            // Both halves of a pair are escaped or neither: half of one is no UTF-8.
            var mustEscape = unit is < ' ' or '"' or '\\';
            escaped = char.IsLowSurrogate(unit) ? escaped : mustEscape || random.Next(10) == 0;
            if (unit is '"' or '\\' or '/' && random.Next(2) == 0)
            {
                _text.Append('\\').Append(unit);
            }
            else if (escaped)
            {
                _text.Append("\\u").Append(((int)unit).ToString(random.Next(2) == 0 ? "x4" : "X4", CultureInfo.InvariantCulture));
            }
            else
            {
                _text.Append(unit);
            }
        }

        _text.Append('"');
    }

    private void Number(double value)
    {
        var shortest = value.ToString("E16", CultureInfo.InvariantCulture);
        var isWhole = Math.Abs(value) < 1e18 && value == Math.Floor(value);
        _ = random.Next(5) switch
        {
            0 => _text.Append(shortest),
            1 => _text.Append(value.ToString("e30", CultureInfo.InvariantCulture)),
            2 when isWhole => _text.Append(new BigInteger(value).ToString(CultureInfo.InvariantCulture)),
            2 => _text.Append(shortest.Replace("E", "000E", StringComparison.Ordinal)),
            3 when isWhole => _text.Append(new BigInteger(value).ToString(CultureInfo.InvariantCulture)).Append(".00"),
            3 => _text.Append(shortest.Replace("E", "e", StringComparison.Ordinal)),
            _ => _text.Append(value.ToString("E19", CultureInfo.InvariantCulture)),
        };
    }
}
