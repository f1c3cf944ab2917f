using Gantral.Lives;
using Xunit.Abstractions;

namespace Gantral.Evidence.Tests.Json;

public class OracleTests(ITestOutputHelper output)
{
    private const int BatchSize = 5_000;

    // 5,000 documents, or 200,000 with GANTRAL_TEST_FULL=1.
    private static int Batches => Environment.GetEnvironmentVariable("GANTRAL_TEST_FULL") == "1" ? 40 : 1;

    [Fact]
    public async Task An_independent_implementation_writes_the_same_bytes()
    {
        await CanonicalizeOracle.PrepareAsync();
        var seed = Scale.Take(output.WriteLine);
        var random = new Random(seed);
        var values = new RandomDocument(random);
        var spelling = new RandomSpelling(random);
        for (var batch = 0; batch < Batches; batch++)
        {
            var documents = Enumerable.Range(0, BatchSize).Select(_ => spelling.Write(values.Value())).ToArray();
            var expected = await CanonicalizeOracle.CanonicalizeAsync(documents);
            Assert.Equal(BatchSize, expected.Length);
            for (var i = 0; i < BatchSize; i++)
            {
                var actual = CanonicalText.Of(documents[i]);
                Assert.True(
                    string.Equals(actual, expected[i], StringComparison.Ordinal),
                    $"{documents[i]}\nours:   {actual}\ntheirs: {expected[i]}\n{Scale.Repeat(seed)}");
            }
        }
    }
}
