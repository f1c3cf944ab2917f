using Gantral.Evidence.Verification;
using Gantral.Lives;
using Gantral.Lives.Vectors;
using Xunit.Abstractions;

namespace Gantral.Evidence.Tests.Verification;

/// <summary>Whatever is done to a valid bundle without the key, it is never VALID again.</summary>
public sealed class Tampering(ITestOutputHelper output)
{
    private static readonly (VectorCase Vector, byte[] Bytes)[] Valid =
        [.. ValidLives.Cases().Where(vector => vector.Verdict == Verdict.Valid).Select(vector => (vector, vector.Make()))];

    [Fact]
    public void Every_flipped_bit_of_a_bundle_is_found()
    {
        output.WriteLine($"seed {Scale.Seed}");
        var smallest = Valid.MinBy(valid => valid.Bytes.Length).Vector;
        foreach (var (vector, bytes) in Valid)
        {
            // In every run the smallest bundle loses each of its bits in turn, and every other a few; in a full run all do.
            var bits = 8 * bytes.Length;
            var all = Scale.IsFull || vector == smallest;
            Parallel.For(0, all ? bits : 400, round =>
            {
                var bit = all ? round : new Random(HashCode.Combine(Scale.Seed, round)).Next(bits);
                var flipped = bytes.ToArray();
                flipped[bit / 8] ^= (byte)(1 << bit % 8);
                AssertNotValid(vector, flipped, $"bit {bit % 8} of byte {bit / 8}");
            });
        }
    }

    [Fact]
    public void Every_random_edit_of_a_bundle_is_found()
    {
        var rounds = Scale.Rounds(10_000, 1_000_000);
        output.WriteLine($"seed {Scale.Seed}, {rounds} edits");
        var counts = new int[Edits.Kinds.Count];
        Parallel.For(0, rounds, round =>
        {
            var random = new Random(HashCode.Combine(Scale.Seed, round));
            var (vector, bytes) = Valid[random.Next(Valid.Length)];
            var kind = random.Next(Edits.Kinds.Count);
            var edited = Edits.Kinds[kind].Apply(bytes, Valid[random.Next(Valid.Length)].Bytes, random);
            if (edited is null || edited.AsSpan().SequenceEqual(bytes))
            {
                return;
            }

            Interlocked.Increment(ref counts[kind]);
            AssertNotValid(vector, edited, $"round {round}: {Edits.Kinds[kind].Name}");
        });

        output.WriteLine(string.Join(", ", Edits.Kinds.Zip(counts, (kind, count) => $"{kind.Name} {count}")));
        Assert.All(counts, count => Assert.True(count > 0));
    }

    [Fact]
    public void A_forgery_that_hashes_right_but_is_not_signed_by_the_log_is_found()
    {
        var random = new Random(Scale.Seed);
        output.WriteLine($"seed {Scale.Seed}");
        for (var round = 0; round < Scale.Rounds(200, 5_000); round++)
        {
            foreach (var (name, bytes) in Rehashed.All(random))
            {
                var report = Verifier.Verify(new MemoryStream(bytes), VectorKeys.Trusted);
                Assert.True(report.Verdict != Verdict.Valid, $"{name} was VALID with seed {Scale.Seed}, round {round}");
            }
        }
    }

    private static void AssertNotValid(VectorCase vector, byte[] bytes, string what)
    {
        var report = FrozenVectors.Verify(vector, bytes);
        if (report.Verdict == Verdict.Valid)
        {
            var kept = Path.Combine(Path.GetTempPath(), $"gantral-tampered-{vector.Name}.jsonl");
            File.WriteAllBytes(kept, bytes);
            Assert.Fail($"{vector.Name} with {what} was VALID (seed {Scale.Seed}); the file is kept as {kept}");
        }
    }
}
