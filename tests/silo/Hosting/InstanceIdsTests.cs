using Gantral.Abstractions.Vocabulary;
using Gantral.Silo.Hosting;

namespace Gantral.Silo.Tests.Hosting;

/// <summary>An id says which log it is of, and is a UUIDv7 all the same.</summary>
public sealed class InstanceIdsTests
{
    private static readonly Instant At = Instant.From(new DateTimeOffset(2026, 3, 1, 9, 0, 0, TimeSpan.Zero));

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(255)]
    [InlineData(4095)]
    public void The_log_is_read_back(int log)
    {
        var random = new byte[InstanceIds.RandomBytes];
        Random.Shared.NextBytes(random);
        var id = InstanceIds.New(log, At, random);

        Assert.Equal(log, InstanceIds.LogOf(id));
        Assert.Equal(7, id.Version);
        Assert.Equal(8, id.Variant & 0xc);
        Assert.Equal(At.ToDateTimeOffset().ToUnixTimeMilliseconds(), Convert.ToInt64(id.ToString("N")[..12], 16));
    }

    [Fact]
    public void Chance_is_kept_but_for_the_two_bits_of_the_variant()
    {
        var id = InstanceIds.New(1, At, [0xff, 1, 2, 3, 4, 5, 6, 7]);

        Assert.Equal("7001-bf01-020304050607", id.ToString("D")[14..]);
    }

    [Fact]
    public void Later_ids_sort_after_earlier_ones_of_the_same_log()
    {
        var random = new byte[InstanceIds.RandomBytes];
        var ids = Enumerable.Range(0, 100).Select(ms => InstanceIds.New(3, At.Plus(TimeSpan.FromMilliseconds(ms)), random).ToString("D")).ToList();

        Assert.Equal(ids.Order(StringComparer.Ordinal), ids);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(4096)]
    public void A_log_that_does_not_fit_is_refused(int log) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => InstanceIds.New(log, At, new byte[InstanceIds.RandomBytes]));

    [Theory]
    [InlineData("00000000-0000-0000-0000-000000000000")]
    [InlineData("6f9619ff-8b86-4011-b42d-00cf4fc964ff")]
    public void An_id_that_was_not_made_here_is_of_no_log(string id) => Assert.Equal(0, InstanceIds.LogOf(Guid.Parse(id)));
}
