using System.Globalization;

namespace Gantral.Silo.Gateway.Subscriptions;

/// <summary>Where a page of dead letters ends.</summary>
/// <param name="LogId">The log.</param>
/// <param name="Position">The position there.</param>
internal readonly record struct DeadLetterPlace(int LogId, long Position)
{
    /// <summary>Reads what <see cref="ToString"/> wrote.</summary>
    public static DeadLetterPlace? Read(string text) =>
        text.Split('/') is [var log, var position]
        && short.TryParse(log, NumberStyles.None, CultureInfo.InvariantCulture, out var logId) && long.TryParse(position, NumberStyles.None, CultureInfo.InvariantCulture, out var place)
            ? new DeadLetterPlace(logId, place)
            : null;

    /// <inheritdoc/>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{LogId}/{Position}");
}
