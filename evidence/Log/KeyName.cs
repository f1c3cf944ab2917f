using System.Buffers;
using System.Text;

namespace Gantral.Evidence.Log;

/// <summary>What may name a key or a log: both stand on a line of their own or between two spaces.</summary>
internal static class KeyName
{
    /// <summary>The most bytes a name may have in UTF-8.</summary>
    public const int MaxBytes = 255;

    /// <summary>The rule for key names in notes, other people's too: not empty, no Unicode space, no plus, no control.</summary>
    public static bool IsValid(ReadOnlySpan<char> name)
    {
        var rest = name;
        while (!rest.IsEmpty)
        {
            // A lone surrogate has no UTF-8, so such a name could not be read back.
            if (Rune.DecodeFromUtf16(rest, out var rune, out var length) != OperationStatus.Done
                || Rune.IsWhiteSpace(rune) || rune.Value is '+' or < ' ')
            {
                return false;
            }

            rest = rest[length..];
        }

        return !name.IsEmpty;
    }

    /// <summary>The stricter rule for the names this product gives: also no DEL or C1 control, and at most 255 bytes.</summary>
    public static bool IsOrigin(ReadOnlySpan<char> name)
    {
        if (!IsValid(name) || Encoding.UTF8.GetByteCount(name) > MaxBytes)
        {
            return false;
        }

        foreach (var c in name)
        {
            if (char.IsControl(c))
            {
                return false;
            }
        }

        return true;
    }
}
