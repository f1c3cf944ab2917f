using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;
using System.Text.Unicode;
using Gantral.Abstractions.Evidence;
using Gantral.Abstractions.Vocabulary;

namespace Gantral.Evidence.Log;

/// <summary>
/// What a log signs (C2SP tlog-checkpoint): its name, size and root, and one extension line with the time. A
/// checkpoint has exactly one spelling.
/// </summary>
public sealed record Checkpoint
{
    private const string TimeMark = "time ";

    /// <summary>Makes a checkpoint. Ask <see cref="IsOrigin"/> first.</summary>
    public Checkpoint(string origin, long size, Digest root, Instant time)
    {
        if (!IsOrigin(origin))
        {
            throw new ArgumentException("An origin has 1 to 255 bytes and no space, plus or control.", nameof(origin));
        }

        ArgumentOutOfRangeException.ThrowIfNegative(size);
        (Origin, Size, Root, Time) = (origin, size, root, time);
    }

    /// <summary>The name of the log.</summary>
    public string Origin { get; }

    /// <summary>How many leaves the tree has.</summary>
    public long Size { get; }

    /// <summary>The root of the tree at this size.</summary>
    public Digest Root { get; }

    /// <summary>When the log says it made the checkpoint.</summary>
    public Instant Time { get; }

    /// <summary>Whether a log can have this name: 1 to 255 bytes without spaces, plus or control characters.</summary>
    public static bool IsOrigin([NotNullWhen(true)] string? origin) => KeyName.IsOrigin(origin);

    /// <summary>The text to sign.</summary>
    public byte[] Body()
    {
        var root = Convert.ToBase64String(Root.ToArray());
        return Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{Origin}\n{Size}\n{root}\n{TimeMark}{Time}\n"));
    }

    /// <summary>Reads the text of a note; anything but what <see cref="Body"/> would write is refused.</summary>
    public static bool TryParse(
        ReadOnlySpan<byte> noteText,
        [NotNullWhen(true)] out Checkpoint? checkpoint,
        [NotNullWhen(false)] out string? fault)
    {
        checkpoint = null;
        if (!Utf8.IsValid(noteText))
        {
            fault = "A checkpoint is UTF-8.";
            return false;
        }

        var lines = Encoding.UTF8.GetString(noteText).Split('\n');
        if (lines is not [var origin, var sizeLine, var rootLine, var timeLine, ""])
        {
            fault = "A checkpoint is four lines: origin, size, root and time.";
            return false;
        }

        fault = null;
        if (!IsOrigin(origin))
        {
            fault = "The origin has 1 to 255 bytes and no space, plus or control.";
        }
        else if (!long.TryParse(sizeLine, NumberStyles.None, CultureInfo.InvariantCulture, out var size))
        {
            fault = "The size is a decimal number of at most 63 bits.";
        }
        else if (!CanonicalBase64.TryDecode(Encoding.UTF8.GetBytes(rootLine), out var root) || root.Length != Digest.Size)
        {
            fault = "The root is the base64 of 32 bytes.";
        }
        else if (!timeLine.StartsWith(TimeMark, StringComparison.Ordinal) || !Instant.TryParse(timeLine.AsSpan(TimeMark.Length), out var time))
        {
            fault = "The last line is «time» and a UTC time with three digits of a second.";
        }
        else
        {
            var read = new Checkpoint(origin, size, new Digest(root), time);

            // A reader of numbers is lenient in ways of its own; writing it again settles the spelling.
            if (!noteText.SequenceEqual(read.Body()))
            {
                fault = "The checkpoint is not spelled in its one way.";
                return false;
            }

            checkpoint = read;
        }

        return checkpoint is not null;
    }
}
