using System.Globalization;

namespace Gantral.Lives;

/// <summary>How much a random test does: little in every run, everything in a full one, always from a printed seed.</summary>
public static class Scale
{
    /// <summary>Whether the long counts were asked for.</summary>
    public static bool IsFull { get; } = Environment.GetEnvironmentVariable("GANTRAL_TEST_FULL") == "1";

    /// <summary>The seed of this run: a new one each time, or that of GANTRAL_TEST_SEED.</summary>
    public static int Seed { get; } = Environment.GetEnvironmentVariable("GANTRAL_TEST_SEED") is { Length: > 0 } given
        ? int.Parse(given, NumberStyles.Integer, CultureInfo.InvariantCulture)
        : Random.Shared.Next();

    /// <summary>One of two counts.</summary>
    public static int Rounds(int usual, int full) => IsFull ? full : usual;

    /// <summary>The seed, told to whoever reads the test's output.</summary>
    public static int Take(Action<string> print)
    {
        print(Repeat(Seed));
        return Seed;
    }

    /// <summary>How to run the same again.</summary>
    public static string Repeat(int seed) => string.Create(CultureInfo.InvariantCulture, $"repeat with GANTRAL_TEST_SEED={seed}");
}
