using System.Text;
using Gantral.Evidence.Json;
using Gantral.Lives;
using Xunit.Abstractions;

namespace Gantral.Evidence.Tests.Json;

public class EquivalentSpellingTests(ITestOutputHelper output)
{
    [Fact]
    public void Every_spelling_of_a_value_gets_the_same_bytes_and_canonicalizing_is_idempotent()
    {
        var seed = Scale.Take(output.WriteLine);
        var random = new Random(seed);
        var documents = new RandomDocument(random);
        var spelling = new RandomSpelling(random);
        for (var round = 0; round < 3_000; round++)
        {
            var value = documents.Value();
            var first = spelling.Write(value);
            var second = spelling.Write(value).Replace("\t", "\n", StringComparison.Ordinal);
            var canonical = CanonicalText.Of(first);
            Assert.True(canonical == CanonicalText.Of(second), $"{first} and {second} differ; {Scale.Repeat(seed)}");
            Assert.True(canonical == CanonicalText.Of(canonical), $"{first} is not stable; {Scale.Repeat(seed)}");
        }
    }

    [Fact]
    public void A_reader_accepts_what_canonicalizing_emits_and_reads_it_back_to_the_same_bytes()
    {
        var seed = Scale.Take(output.WriteLine);
        var random = new Random(seed);
        var documents = new RandomDocument(random);
        var spelling = new RandomSpelling(random);
        var writer = new CanonicalWriter();
        for (var round = 0; round < 3_000; round++)
        {
            var canonical = CanonicalJson.Canonicalize(Encoding.UTF8.GetBytes(spelling.Write(documents.Value())));
            var reader = new CanonicalReader(canonical.Span);
            writer.Reset();
            Copy(ref reader, writer);
            Assert.False(reader.HasFault, $"{reader.Fault} in {canonical}; {Scale.Repeat(seed)}");
            Assert.True(writer.Written.SequenceEqual(canonical.Span), $"{canonical}; {Scale.Repeat(seed)}");
        }
    }

    [Fact]
    public void A_reader_of_mutated_bytes_faults_unless_they_are_canonical_all_the_same()
    {
        var seed = Scale.Take(output.WriteLine);
        var random = new Random(seed);
        var documents = new RandomDocument(random);
        var spelling = new RandomSpelling(random);
        int canonical = 0, faulty = 0;
        for (var round = 0; round < 3_000; round++)
        {
            var bytes = CanonicalJson.Canonicalize(Encoding.UTF8.GetBytes(spelling.Write(documents.Value()))).Span.ToArray();
            for (var mutation = 0; mutation < 20; mutation++)
            {
                var mutated = Mutate(bytes, random);
                Assert.True(
                    CanonicalText.AgreesOn(mutated, out var isCanonical),
                    $"{Convert.ToHexStringLower(mutated)}; {Scale.Repeat(seed)}");
                _ = isCanonical ? canonical++ : faulty++;
            }
        }

        // Mutations that all fell on one side would show nothing.
        Assert.InRange(canonical, 1000, int.MaxValue);
        Assert.InRange(faulty, 1000, int.MaxValue);
    }

    private static byte[] Mutate(byte[] bytes, Random random)
    {
        const string Telling = "\"\\{}[],:0123456789.eE+-untfalsr /abcdef \t\n\u0001";
        var at = random.Next(bytes.Length);
        var value = random.Next(4) == 0 ? (byte)random.Next(256) : (byte)Telling[random.Next(Telling.Length)];
        switch (random.Next(4))
        {
            case 0:
                return [.. bytes[..at], value, .. bytes[at..]];
            case 1:
                return [.. bytes[..at], .. bytes[(at + 1)..]];
            case 2:
                var other = random.Next(bytes.Length);
                var (from, to) = (Math.Min(at, other), Math.Max(at, other));
                return [.. bytes[..to], .. bytes[from..to], .. bytes[to..]];
            default:
                return [.. bytes[..at], value, .. bytes[(at + 1)..]];
        }
    }

    private static void Copy(ref CanonicalReader reader, CanonicalWriter writer)
    {
        while (reader.Read())
        {
            switch (reader.Token)
            {
                case JsonToken.BeginObject: writer.BeginObject(); break;
                case JsonToken.EndObject: writer.EndObject(); break;
                case JsonToken.BeginArray: writer.BeginArray(); break;
                case JsonToken.EndArray: writer.EndArray(); break;
                case JsonToken.Name: writer.Name(reader.GetString()); break;
                case JsonToken.String when reader.Position % 2 == 0: writer.String(reader.GetString()); break;
                case JsonToken.String: writer.String(Encoding.UTF8.GetBytes(reader.GetString())); break;
                case JsonToken.Number when reader.TryGetInt64(out var whole): writer.Number(whole); break;
                case JsonToken.Number: writer.Value(CanonicalJson.Canonicalize(reader.Raw)); break;
                case JsonToken.True: writer.Boolean(true); break;
                case JsonToken.False: writer.Boolean(false); break;
                default: writer.Null(); break;
            }
        }
    }
}
