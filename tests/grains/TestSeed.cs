using System.Globalization;
using Xunit.Abstractions;

namespace Gantral.Grains.Tests;

/// <summary>The seed of a random test: fresh each run, printed, and repeatable through GANTRAL_TEST_SEED.</summary>
internal static class TestSeed
{
    /// <summary>Whether the whole numbers are to be run.</summary>
    public static bool Full => Environment.GetEnvironmentVariable("GANTRAL_TEST_FULL") == "1";

    public static int Take(ITestOutputHelper output)
    {
        var given = Environment.GetEnvironmentVariable("GANTRAL_TEST_SEED");
        var seed = string.IsNullOrEmpty(given)
            ? Random.Shared.Next()
            : int.Parse(given, NumberStyles.Integer, CultureInfo.InvariantCulture);
        output.WriteLine(Repeat(seed));
        return seed;
    }

    public static string Repeat(int seed) => string.Create(CultureInfo.InvariantCulture, $"repeat with GANTRAL_TEST_SEED={seed}");
}
