using System.Text;
using Gantral.Evidence.Log;

namespace Gantral.Evidence.Tests.Log;

public class SignedNoteTests
{
    // The sample of the published specification.
    private const string Sample =
        """
        Ognuno sta solo sul cuor della terra
        trafitto da un raggio di sole:

        ed è subito sera.

        — quasimodo.example/salvatore NnugSzTjtVAewIS+Z/iJhUPeFDkO/5QQ2i5ddnGITLlC+EhfLW9oJKONrMouFSQU0xMcXxj99ihAQwaqP3ZekRwNtIc=

        """;

    // Any five bytes make a signature as far as the form goes.
    private const string Line = "— a.example AAAAAAA=\n";

    [Fact]
    public void The_published_sample_is_read_and_written_byte_for_byte()
    {
        var bytes = Encoding.UTF8.GetBytes(Sample);
        Assert.True(SignedNote.TryParse(bytes, out var note, out _));
        Assert.EndsWith("\n\ned è subito sera.\n", Encoding.UTF8.GetString(note.Text), StringComparison.Ordinal);
        var signature = Assert.Single(note.Signatures);
        Assert.Equal("quasimodo.example/salvatore", signature.Name);
        Assert.Equal(0x367ba04bu, signature.KeyId);
        Assert.Equal(64, signature.Bytes.Length);
        Assert.Equal(bytes, note.ToBytes());
        Assert.True(SignedNote.TryCreate(note.Text, note.Signatures, out var again, out _));
        Assert.Equal(bytes, again.ToBytes());
    }

    [Theory]
    [InlineData("text\n\n" + Line)]
    [InlineData("\n\n" + Line)]
    [InlineData("text\n\n\n" + Line)]
    [InlineData("text\n\n" + Line + Line)]
    [InlineData("text\n\n— ключ AAAAAAA=\n")]
    [InlineData("— a.example AAAAAAA=\n\n" + Line)]
    public void A_note_in_form_is_read_and_written_byte_for_byte(string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        Assert.True(SignedNote.TryParse(bytes, out var note, out _));
        Assert.Equal(bytes, note.ToBytes());
        Assert.True(SignedNote.TryCreate(note.Text, note.Signatures, out var again, out _));
        Assert.Equal(bytes, again.ToBytes());
    }

    [Theory]
    [InlineData("")]
    [InlineData("\n")]
    [InlineData("\n\n")]
    [InlineData("text\n")]
    [InlineData("text\n\n")]
    [InlineData("text\n" + Line)]
    [InlineData("text\n\n\n\n")]
    [InlineData("\n" + Line)]
    [InlineData("text\n\n" + Line + "\n")]
    [InlineData("text\n\n" + Line + "more")]
    [InlineData("text\n\n" + Line + "more\n")]
    [InlineData("text\n\n— a.example AAAAAAA=")]
    [InlineData("text\n\n- a.example AAAAAAA=\n")]
    [InlineData("text\n\n—a.example AAAAAAA=\n")]
    [InlineData("text\n\n—  AAAAAAA=\n")]
    [InlineData("text\n\n—  a.example AAAAAAA=\n")]
    [InlineData("text\n\n— a.example  AAAAAAA=\n")]
    [InlineData("text\n\n— a.example AAAAAAA= \n")]
    [InlineData("text\n\n— a.example\n")]
    [InlineData("text\n\n— a.example \n")]
    [InlineData("text\n\n— a+b AAAAAAA=\n")]
    [InlineData("text\n\n— a\u00a0b AAAAAAA=\n")]
    [InlineData("text\n\n— a\u2003b AAAAAAA=\n")]
    [InlineData("text\n\n— a\u3000b AAAAAAA=\n")]
    [InlineData("text\n\n— a\u2028b AAAAAAA=\n")]
    [InlineData("text\n\n— a\u0085b AAAAAAA=\n")]
    [InlineData("te\txt\n\n" + Line)]
    [InlineData("text\r\n\n" + Line)]
    [InlineData("te\0xt\n\n" + Line)]
    [InlineData("text\n\n— a.example AAAAAA==\n")]
    [InlineData("text\n\n— a.example AAAA\n")]
    public void A_note_out_of_form_is_refused_with_a_sentence(string text)
    {
        Assert.False(SignedNote.TryParse(Encoding.UTF8.GetBytes(text), out var note, out var fault));
        Assert.Null(note);
        Assert.EndsWith(".", fault, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("AAAAAAB=")]
    [InlineData("AAAAAAD=")]
    [InlineData("AAAAAAA")]
    [InlineData("AAAAAAA==")]
    [InlineData("AAAA AAA=")]
    [InlineData("AAAA=AAA")]
    [InlineData("AAAAAA-_")]
    [InlineData("AAAAAAA=AAAA")]
    public void Base64_has_one_spelling(string base64) => Assert.False(
        SignedNote.TryParse(Encoding.UTF8.GetBytes($"text\n\n— a.example {base64}\n"), out _, out _));

    [Fact]
    public void Bytes_that_are_not_utf8_are_refused()
    {
        foreach (var bad in new byte[][] { [0xff], [0xc0, 0x80], [0xed, 0xa0, 0x80], [0xe2, 0x80], [0xf4, 0x90, 0x80, 0x80] })
        {
            byte[] note = [.. "text"u8, .. bad, .. "\n\n"u8, .. Encoding.UTF8.GetBytes(Line)];
            Assert.False(SignedNote.TryParse(note, out _, out var fault));
            Assert.Equal("A note is UTF-8.", fault);
        }
    }

    [Fact]
    public void A_note_has_at_most_64_signatures_and_64_kibibytes()
    {
        Assert.True(SignedNote.TryParse(Lines(64), out _, out _));
        Assert.False(SignedNote.TryParse(Lines(65), out _, out var fault));
        Assert.Equal("A note has at most 64 signatures.", fault);
        Assert.True(SignedNote.TryParse(OfLength(SignedNote.MaxBytes), out _, out _));
        Assert.False(SignedNote.TryParse(OfLength(SignedNote.MaxBytes + 1), out _, out fault));
        Assert.Equal("A note has at most 65536 bytes.", fault);
    }

    [Fact]
    public void What_could_not_be_read_back_is_not_put_together()
    {
        NoteSignature[] signature = [new("a.example", 1, [1])];
        Assert.True(SignedNote.TryCreate("text\n"u8, signature, out _, out _));
        Assert.False(SignedNote.TryCreate("text"u8, signature, out _, out _));
        Assert.False(SignedNote.TryCreate("text\n\ntext"u8, signature, out _, out _));
        Assert.False(SignedNote.TryCreate(""u8, signature, out _, out _));
        Assert.False(SignedNote.TryCreate("te\u0007xt\n"u8, signature, out _, out _));
        Assert.False(SignedNote.TryCreate("text\n"u8, [], out _, out _));
        Assert.False(SignedNote.TryCreate("text\n"u8, Enumerable.Repeat(signature[0], 65), out _, out _));
    }

    [Theory]
    [InlineData("")]
    [InlineData("a b")]
    [InlineData("a+b")]
    [InlineData("a\nb")]
    [InlineData("a\u3000b")]
    public void A_signature_line_is_not_made_under_a_name_it_cannot_carry(string name)
    {
        Assert.Throws<ArgumentException>(() => new NoteSignature(name, 1, [1]));
        Assert.Throws<ArgumentException>(() => new NoteSignature("fine", 1, []));
    }

    [Fact]
    public void A_name_with_half_a_character_cannot_be_carried()
    {
        // Not a case above: a compiled attribute would hold the replacement character instead.
        Assert.Throws<ArgumentException>(() => new NoteSignature("a\ud800b", 1, [1]));
        Assert.False(Checkpoint.IsOrigin("a\ud800b"));
    }

    private static byte[] Lines(int count) =>
        Encoding.UTF8.GetBytes("text\n\n" + string.Concat(Enumerable.Repeat(Line, count)));

    private static byte[] OfLength(int length)
    {
        var rest = Encoding.UTF8.GetBytes("\n\n" + Line);
        return [.. Enumerable.Repeat((byte)'x', length - rest.Length), .. rest];
    }
}
