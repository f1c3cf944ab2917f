using System.Globalization;
using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Gantral.Evidence.Json;
using Gantral.Lives;
using Xunit.Abstractions;

namespace Gantral.Evidence.Tests.Json;

public class CanonicalProperties(ITestOutputHelper output)
{
    // FsCheck's generator wants an odd second number; any will do, as the seed alone must repeat a run.
    private Config Thousands => Config.QuickThrowOnFailure.WithMaxTest(5_000).WithReplay((ulong)Scale.Take(output.WriteLine), 1UL);

    [Fact]
    public void Every_double_is_written_so_that_it_reads_back_and_is_canonical() =>
        Prop.ForAll<long>(seed =>
        {
            var value = BitConverter.Int64BitsToDouble(new Random((int)seed).NextInt64(long.MinValue, long.MaxValue));
            if (!double.IsFinite(value))
            {
                return true;
            }

            Span<byte> text = stackalloc byte[Es6Number.MaxLength];
            text = text[..Es6Number.Format(value, text)];
            return double.Parse(text, CultureInfo.InvariantCulture) == value
                && CanonicalJson.IsCanonical(text, JsonLimits.Default, out _);
        }).Check(Thousands);

    [Fact]
    public void Names_sort_by_their_UTF16_code_units() =>
        Prop.ForAll<string?, string?>((left, right) =>
        {
            var (a, b) = (Whole(left), Whole(right));
            if (a == b)
            {
                return true;
            }

            var (first, last) = string.CompareOrdinal(a, b) < 0 ? (a, b) : (b, a);
            var writer = new CanonicalWriter();
            writer.BeginObject();
            writer.Name(first);
            writer.Null();
            writer.Name(last);
            writer.Null();
            writer.EndObject();
            return CanonicalJson.IsCanonical(writer.Written, JsonLimits.Default, out _)
                && CanonicalJson.Canonicalize(writer.Written) == writer.ToCanonicalBytes();
        }).Check(Thousands);

    [Fact]
    public void Every_whole_string_reads_back_as_it_was_written() =>
        Prop.ForAll<string?>(given =>
        {
            var text = Whole(given);
            var writer = new CanonicalWriter();
            writer.String(text);
            var reader = new CanonicalReader(writer.Written);
            return reader.Read() && reader.GetString() == text && !reader.Read() && !reader.HasFault;
        }).Check(Thousands);

    /// <summary>The string with halves of surrogate pairs replaced, as JSON text cannot hold them.</summary>
    private static string Whole(string? text) => Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text ?? ""));
}
