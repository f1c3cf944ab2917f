using System.Collections.Immutable;
using Gantral.Silo.Streams;

namespace Gantral.Silo.Tests.Streams;

public sealed class StreamPlaceTests
{
    [Theory]
    [InlineData]
    [InlineData(1, 0L)]
    [InlineData(1, 127L, 2, 128L, 4095, long.MaxValue)]
    [InlineData(7, 1_234_567_890_123L)]
    public void A_place_is_read_back_as_it_was_written(params object[] numbers)
    {
        var place = Of(numbers);

        Assert.Equal(place.Next, StreamPlace.TryRead(place.ToString())?.Next);
    }

    [Theory]
    [InlineData("")]
    [InlineData("x")]
    [InlineData("not an id")]
    [InlineData("AQ==")]
    [InlineData("AgEA")]
    [InlineData("AQE")]
    [InlineData("AQEBAQI")]
    [InlineData("AQIBAQE")]
    [InlineData("AQAB")]
    [InlineData("AYAgAQ")]
    [InlineData("AQGAAA")]
    [InlineData("AQEB\n")]
    [InlineData("+/+/")]
    public void What_no_stream_has_written_is_no_place(string text) => Assert.Null(StreamPlace.TryRead(text));

    [Fact]
    public void However_long_a_text_is_it_is_only_refused() => Assert.Null(StreamPlace.TryRead(new string('A', 10_000_000)));

    [Fact]
    public void Every_single_letter_that_is_changed_gives_another_place_or_none()
    {
        var place = Of(1, 300L, 2, 70_000L).ToString();
        for (var at = 0; at < place.Length; at++)
        {
            var changed = string.Concat(place.AsSpan(0, at), place[at] == 'A' ? "B" : "A", place.AsSpan(at + 1));

            Assert.NotEqual(place, StreamPlace.TryRead(changed)?.ToString());
        }
    }

    [Fact]
    public void A_log_that_a_place_does_not_name_is_at_its_beginning()
    {
        var before = Of(1, 5L);

        Assert.Equal(0, before.Of(2));
        Assert.True(Of(1, 5L, 2, 0L).IsAtLeast(before) && before.IsAtLeast(Of(1, 5L, 2, 0L)));
        Assert.False(before.IsAtLeast(Of(1, 4L, 2, 1L)));
        Assert.Equal([(1, 8L), (2, 1L)], Of(1, 5L).After(2, 0).After(1, 7).Next.Select(log => (log.Key, log.Value)));
    }

    private static StreamPlace Of(params object[] numbers) =>
        new(numbers.Chunk(2).ToImmutableSortedDictionary(pair => (int)pair[0], pair => (long)pair[1]));
}
