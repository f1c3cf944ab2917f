using System.Globalization;
using System.Text;
using Gantral.Abstractions.Evidence;
using Gantral.Abstractions.Vocabulary;
using Gantral.Evidence.Log;

namespace Gantral.Evidence.Tests.Log;

public class CheckpointTests
{
    private const string Root = "CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=";
    private const string Body =
        "example.com/behind-the-sofa\n20852163\n" + Root + "\ntime 2026-01-02T03:04:05.678Z\n";

    private static readonly Checkpoint Sample = new(
        "example.com/behind-the-sofa",
        20852163,
        new Digest(Convert.FromBase64String(Root)),
        Instant.From(new DateTimeOffset(2026, 1, 2, 3, 4, 5, 678, TimeSpan.Zero)));

    [Theory]
    [InlineData("")]
    [InlineData("tr-TR")]
    [InlineData("ar-SA")]
    [InlineData("fa-IR")]
    [InlineData("th-TH")]
    public void The_text_is_the_same_in_every_culture_and_read_back(string culture)
    {
        var before = CultureInfo.CurrentCulture;
        CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo(culture);
        try
        {
            Assert.Equal(Body, Encoding.UTF8.GetString(Sample.Body()));
            Assert.True(Checkpoint.TryParse(Sample.Body(), out var read, out _));
            Assert.Equal(Sample, read);
            Assert.Equal("tile/1/x001/234.p/17", new TileId(1, 1234, 17).Path);
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [Fact]
    public void The_time_is_kept_in_utc_to_the_millisecond()
    {
        var local = new DateTimeOffset(2026, 1, 2, 8, 34, 5, 678, TimeSpan.FromHours(5.5)).AddTicks(9_999);
        Assert.Equal(Sample, new Checkpoint(Sample.Origin, Sample.Size, Sample.Root, Instant.From(local)));
    }

    [Fact]
    public void Every_checkpoint_is_read_back_as_it_was()
    {
        var random = new Random(20260102);
        var root = new byte[Digest.Size];
        for (var i = 0; i < 2000; i++)
        {
            random.NextBytes(root);
            var made = new Checkpoint(
                new string((char)random.Next('a', 'z'), random.Next(1, 255)),
                random.NextInt64() >> random.Next(63),
                new Digest(root),
                Instant.From(new DateTimeOffset(random.NextInt64(DateTime.UnixEpoch.Ticks, DateTime.MaxValue.Ticks), TimeSpan.Zero)));
            Assert.True(Checkpoint.TryParse(made.Body(), out var read, out _));
            Assert.Equal(made, read);
        }
    }

    [Theory]
    [InlineData("example.com", "exam ple.com")]
    [InlineData("example.com", "exam+ple.com")]
    [InlineData("example.com", "exam\u00a0ple.com")]
    [InlineData("example.com", "exam\u007fple.com")]
    [InlineData("example.com", "exam\u009fple.com")]
    [InlineData("example.com", "exam\tple.com")]
    [InlineData("example.com", "exam\r\nple.com")]
    [InlineData("example.com/behind-the-sofa", "")]
    [InlineData("20852163", "")]
    [InlineData("20852163", "020852163")]
    [InlineData("20852163", "+20852163")]
    [InlineData("20852163", "-20852163")]
    [InlineData("20852163", "20,852,163")]
    [InlineData("20852163", "20852163 ")]
    [InlineData("20852163", "20852163\0")]
    [InlineData("20852163", "20852163.0")]
    [InlineData("20852163", "٢٠")]
    [InlineData("20852163", "00")]
    [InlineData("20852163", "9223372036854775808")]
    [InlineData("q2I=", "q2J=")]
    [InlineData("q2I=", "q2K=")]
    [InlineData("q2I=", "q2I")]
    [InlineData("q2I=", "q2IA")]
    [InlineData("q2I=", "q2I= ")]
    [InlineData("time ", "")]
    [InlineData("time ", "Time ")]
    [InlineData("time ", "time  ")]
    [InlineData("05.678Z", "05.67Z")]
    [InlineData("05.678Z", "05.6789Z")]
    [InlineData("05.678Z", "05Z")]
    [InlineData("05.678Z", "05,678Z")]
    [InlineData("05.678Z", "05.678z")]
    [InlineData("05.678Z", "05.678")]
    [InlineData("05.678Z", "05.678+00:00")]
    [InlineData("05.678Z", "05.678Z ")]
    [InlineData("05.678Z", "60.678Z")]
    [InlineData("T03", "t03")]
    [InlineData("T03", " 03")]
    [InlineData("T03", "T24")]
    [InlineData("2026-01-02", "2026-02-30")]
    [InlineData("2026-01-02", "2026-1-2")]
    [InlineData("2026-01-02", "0000-01-02")]
    [InlineData("\ntime", "\nextra line\ntime")]
    [InlineData("\ntime 2026-01-02T03:04:05.678Z\n", "\n")]
    [InlineData("678Z\n", "678Z")]
    [InlineData("678Z\n", "678Z\n\n")]
    [InlineData("678Z\n", "678Z\nmore\n")]
    [InlineData("678Z\n", "678Z\r\n")]
    public void Any_other_spelling_is_refused_with_a_sentence(string part, string instead)
    {
        var body = Body.Replace(part, instead, StringComparison.Ordinal);
        Assert.NotEqual(Body, body);
        Assert.False(Checkpoint.TryParse(Encoding.UTF8.GetBytes(body), out var checkpoint, out var fault));
        Assert.Null(checkpoint);
        Assert.EndsWith(".", fault, StringComparison.Ordinal);
    }

    [Fact]
    public void Bytes_that_are_not_utf8_are_refused() =>
        Assert.False(Checkpoint.TryParse([0xff, .. Sample.Body()], out _, out _));

    [Fact]
    public void An_origin_has_at_most_255_bytes()
    {
        Assert.True(Checkpoint.IsOrigin(new string('a', 255)));
        Assert.False(Checkpoint.IsOrigin(new string('a', 256)));
        Assert.False(Checkpoint.IsOrigin(new string('é', 128)));
        Assert.False(Checkpoint.IsOrigin(null));
        Assert.Throws<ArgumentException>(() => new Checkpoint("a b", 0, TreeHash.Empty, default));
        Assert.Throws<ArgumentOutOfRangeException>(() => new Checkpoint("a", -1, TreeHash.Empty, default));
    }
}
