using System.Collections;
using System.Globalization;
using System.Reflection;
using System.Text;
using Gantral.Abstractions.Evidence;
using Gantral.Abstractions.Vocabulary;

namespace Gantral.Grains.Tests.Folding;

/// <summary>
/// Every member of a value, all the way down, as text. Records compare their lists by reference, and a member that is
/// added one day must not be forgotten here.
/// </summary>
internal static class Members
{
    public static string Of(object? value)
    {
        var text = new StringBuilder();
        Write(text, "", value);
        return text.ToString();
    }

    private static void Write(StringBuilder text, string path, object? value)
    {
        switch (value)
        {
            case null:
                text.Append(path).AppendLine(" is nothing");
                break;
            case string or Enum or Guid or TimeSpan or Digest or CanonicalBytes or Instant or IConvertible:
                text.Append(path).Append(" = ").AppendLine(Convert.ToString(value, CultureInfo.InvariantCulture));
                break;
            case ReadOnlyMemory<byte> bytes:
                text.Append(path).Append(" = ").AppendLine(Convert.ToHexString(bytes.Span));
                break;
            case IEnumerable items:
                var index = 0;
                foreach (var item in items)
                {
                    Write(text, $"{path}[{index++}]", item);
                }

                text.Append(path).Append(" has ").Append(index).AppendLine();
                break;
            default:
                foreach (var member in value.GetType().GetProperties(BindingFlags.Public | BindingFlags.Instance))
                {
                    Write(text, $"{path}.{member.Name}", member.GetValue(value));
                }

                break;
        }
    }
}
