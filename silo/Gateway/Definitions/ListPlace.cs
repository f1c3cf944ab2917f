using System.Globalization;
using Gantral.Abstractions.Vocabulary;

namespace Gantral.Silo.Gateway.Definitions;

/// <summary>The place of a version in a list that shows the newest first, a key breaking ties.</summary>
/// <param name="RegisteredAt">When it was registered.</param>
/// <param name="Key">The key under which its entries are indexed.</param>
internal sealed record ListPlace(Instant RegisteredAt, Guid Key)
{
    /// <summary>Reads what <see cref="ToString"/> writes.</summary>
    public static ListPlace? Read(string cursor) =>
        cursor.Split('/') is [var at, var key]
        && long.TryParse(at, NumberStyles.None, CultureInfo.InvariantCulture, out var milliseconds) && milliseconds <= DateTimeOffset.MaxValue.ToUnixTimeMilliseconds()
        && Guid.TryParseExact(key, "D", out var id)
            ? new(new Instant(milliseconds), id)
            : null;

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{RegisteredAt.UnixMilliseconds}/{Key:D}");
}
