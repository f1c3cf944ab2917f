using System.Globalization;

namespace Gantral.Evidence.Tests;

/// <summary>How much a random test does: little in every run, everything in a full one, always from a printed seed.</summary>
internal static class Scale
{
    /// <summary>Whether the long counts were asked for.</summary>
    public static bool IsFull { get; } = Environment.GetEnvironmentVariable("GANTRAL_TEST_FULL") == "1";

    /// <summary>The seed of this run.</summary>
    public static int Seed { get; } =
        int.TryParse(Environment.GetEnvironmentVariable("GANTRAL_TEST_SEED"), CultureInfo.InvariantCulture, out var seed) ? seed : Random.Shared.Next();

    /// <summary>One of two counts.</summary>
    public static int Rounds(int usual, int full) => IsFull ? full : usual;
}
