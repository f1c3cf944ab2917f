using System.Diagnostics.CodeAnalysis;
using System.Text;
using System.Text.Unicode;

namespace Gantral.Evidence.Log;

/// <summary>A text with its signatures (C2SP signed-note). Reading one checks its form only, never a signature.</summary>
public sealed class SignedNote
{
    /// <summary>The most bytes a note may have.</summary>
    public const int MaxBytes = 64 * 1024;

    /// <summary>The most signatures a note may carry.</summary>
    public const int MaxSignatures = 64;

    private readonly byte[] _bytes;
    private readonly int _textLength;

    private SignedNote(byte[] bytes, int textLength, IReadOnlyList<NoteSignature> signatures) =>
        (_bytes, _textLength, Signatures) = (bytes, textLength, signatures);

    /// <summary>The text that is signed, with its final newline.</summary>
    public ReadOnlySpan<byte> Text => _bytes.AsSpan(0, _textLength);

    /// <summary>The signatures in the order of their lines.</summary>
    public IReadOnlyList<NoteSignature> Signatures { get; }

    /// <summary>Reads a note; a note has exactly one spelling.</summary>
    public static bool TryParse(
        ReadOnlySpan<byte> bytes, [NotNullWhen(true)] out SignedNote? note, [NotNullWhen(false)] out string? fault)
    {
        note = null;
        fault = FormFault(bytes);
        if (fault is not null)
        {
            return false;
        }

        // The last blank line: the text may have blank lines of its own.
        var textLength = bytes.LastIndexOf("\n\n"u8) + 1;
        if (textLength == 0)
        {
            fault = "A note has a blank line between its text and its signatures.";
            return false;
        }

        if (!TryReadSignatures(bytes[(textLength + 1)..], out var signatures, out fault))
        {
            return false;
        }

        note = new SignedNote(bytes.ToArray(), textLength, signatures);
        return true;
    }

    /// <summary>Puts a text and its signatures together; refuses what could not be read back.</summary>
    public static bool TryCreate(
        ReadOnlySpan<byte> text,
        IEnumerable<NoteSignature> signatures,
        [NotNullWhen(true)] out SignedNote? note,
        [NotNullWhen(false)] out string? fault)
    {
        var lines = new StringBuilder("\n");
        foreach (var signature in signatures)
        {
            lines.Append("— ").Append(signature.Name).Append(' ').Append(signature.ToBase64()).Append('\n');
        }

        byte[] bytes = [.. text, .. Encoding.UTF8.GetBytes(lines.ToString())];
        if (!TryParse(bytes, out note, out fault))
        {
            return false;
        }

        if (note._textLength != text.Length)
        {
            (note, fault) = (null, "The text of a note ends in a newline.");
            return false;
        }

        return true;
    }

    /// <summary>The bytes of the note, the same it was read from.</summary>
    public byte[] ToBytes() => [.. _bytes];

    /// <summary>
    /// Whether the key signed the text: at least one signature is the key's, and none under its name and identifier
    /// is false. Signatures of other keys do not count either way.
    /// </summary>
    public bool IsSignedBy(LogVerifyingKey key)
    {
        var own = Signatures.Where(signature => signature.Name == key.Name && signature.KeyId == key.KeyId).ToList();
        return own.Count != 0 && own.All(signature => key.Verify(Text, signature));
    }

    private static string? FormFault(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length > MaxBytes)
        {
            return $"A note has at most {MaxBytes} bytes.";
        }

        foreach (var b in bytes)
        {
            if (b < ' ' && b != '\n')
            {
                return "A note has no control characters but newlines.";
            }
        }

        return Utf8.IsValid(bytes) ? null : "A note is UTF-8.";
    }

    private static bool TryReadSignatures(
        ReadOnlySpan<byte> lines, out List<NoteSignature> signatures, [NotNullWhen(false)] out string? fault)
    {
        signatures = [];
        do
        {
            var end = lines.IndexOf((byte)'\n');
            if (end < 0 || !TryReadSignature(lines[..end], out var signature))
            {
                fault = $"Line {signatures.Count + 1} of the signatures is not «— name base64» and a newline.";
                return false;
            }

            if (signatures.Count == MaxSignatures)
            {
                fault = $"A note has at most {MaxSignatures} signatures.";
                return false;
            }

            signatures.Add(signature);
            lines = lines[(end + 1)..];
        }
        while (!lines.IsEmpty);

        fault = null;
        return true;
    }

    private static bool TryReadSignature(ReadOnlySpan<byte> line, [NotNullWhen(true)] out NoteSignature? signature)
    {
        signature = null;
        var dash = "— "u8;
        if (!line.StartsWith(dash))
        {
            return false;
        }

        line = line[dash.Length..];
        var space = line.IndexOf((byte)' ');
        return space > 0
            && NoteSignature.TryRead(Encoding.UTF8.GetString(line[..space]), line[(space + 1)..], out signature);
    }
}
