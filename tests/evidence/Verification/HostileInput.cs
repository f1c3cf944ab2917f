using System.Text;
using Gantral.Evidence.Verification;
using Gantral.Lives.Vectors;

namespace Gantral.Evidence.Tests.Verification;

/// <summary>Input made to exhaust or to crash ends in a report, in memory that does not grow with it.</summary>
public sealed class HostileInput
{
    private const long Gigabyte = 1L << 30;
    private const long Bound = 64L << 20;

    public static TheoryData<string> Lines => new(HostileLines().Keys);

    [Theory]
    [MemberData(nameof(Lines))]
    public void A_hostile_line_makes_a_valid_bundle_anything_but_valid(string name)
    {
        var bundle = ValidLives.Bundle(ValidLives.Approve).ToBytes();
        byte[] spoilt = [.. bundle, .. HostileLines()[name], (byte)'\n'];

        var report = Within(Bound, () => Verifier.Verify(new MemoryStream(spoilt), VectorKeys.Trusted));

        Assert.NotEqual(Verdict.Valid, report.Verdict);
    }

    [Theory]
    [MemberData(nameof(Lines))]
    public void A_file_of_hostile_lines_alone_is_unusable(string name)
    {
        byte[] file = [.. HostileLines()[name], (byte)'\n'];

        var report = Within(Bound, () => Verifier.Verify(new MemoryStream(file), VectorKeys.Trusted));

        Assert.Equal((Verdict.Unusable, 3), (report.Verdict, report.ExitStatus));
    }

    [Fact]
    public void A_line_of_a_gigabyte_is_read_in_little_memory()
    {
        var report = Within(Bound, () => Verifier.Verify(new Endless(Many((byte)'['), Gigabyte), VectorKeys.Trusted));

        Assert.Equal(Verdict.Unusable, report.Verdict);
    }

    [Fact]
    public void A_gigabyte_of_empty_lines_is_not_read_to_its_end()
    {
        var report = Within(Bound, () => Verifier.Verify(new Endless(Many((byte)'\n'), Gigabyte), VectorKeys.Trusted));

        Assert.Equal(Verdict.Unusable, report.Verdict);
    }

    [Fact]
    public void An_instance_bundle_larger_than_any_can_be_is_inconclusive()
    {
        var header = ValidLives.Bundle(ValidLives.Approve).Header().ToLine();
        var line = BundleLine(200_000);
        var input = new Endless([.. header, (byte)'\n'], header.Length + 1, new Endless(line, 100L << 20));

        var report = Verifier.Verify(input, VectorKeys.Trusted);

        // The same line again and again is a fault of its own; the size alone must already stop the reading from growing.
        Assert.Contains(report.Finding.Code, new[] { FindingCode.DuplicateLine, FindingCode.TooLarge });
    }

    [Fact]
    public void A_header_that_promises_too_much_takes_no_memory()
    {
        var header = "{\"counts\":{\"entry\":9007199254740991},\"format\":\"gantral/bundle/1\",\"kind\":\"header\",\"origin\":\"o\",\"scope\":\"log\",\"semantics\":\"gantral/authority/1\",\"to\":9007199254740991}\n"u8.ToArray();

        var report = Within(Bound, () => Verifier.Verify(new MemoryStream(header), VectorKeys.Trusted));

        Assert.Equal(Verdict.Inconclusive, report.Verdict);
    }

    [Fact]
    public void A_log_that_holds_more_than_its_header_promises_is_not_held()
    {
        var file = ValidLives.Everything().Export();
        var header = Encoding.UTF8.GetString(file.Header().ToLine());
        var promised = header.Replace($"\"entry\":{file.Lines.Count - 1}", "\"entry\":1", StringComparison.Ordinal);
        Assert.NotEqual(header, promised);

        var report = Verifier.Verify(new MemoryStream(Lives.BundleFile.Join([Encoding.UTF8.GetBytes(promised), .. file.Lines.Select(line => line.Bytes)])), VectorKeys.Trusted);

        Assert.Equal((Verdict.Inconclusive, FindingCode.CountMismatch), (report.Verdict, report.Finding.Code));
    }

    private static Dictionary<string, byte[]> HostileLines() => new()
    {
        ["a depth bomb"] = Encoding.UTF8.GetBytes("{\"kind\":" + new string('[', 1_000_000)),
        ["a deep payload"] = Encoding.UTF8.GetBytes("{\"fields\":" + new string('[', 70) + new string(']', 70) + ",\"kind\":\"payload\",\"position\":1}"),
        ["a huge number"] = Encoding.UTF8.GetBytes("{\"kind\":\"leaf\",\"position\":" + new string('9', 1_000_000) + "}"),
        ["a number beyond a double"] = "{\"kind\":\"entry\",\"position\":1e999}"u8.ToArray(),
        ["bad UTF-8"] = [.. "{\"kind\":\""u8, 0xC0, 0xAF, .. "\"}"u8],
        ["a cut UTF-8 sequence"] = [.. "{\"kind\":\""u8, 0xF0, 0x9F],
        ["a lone surrogate"] = "{\"kind\":\"\\ud800\"}"u8.ToArray(),
        ["a duplicate key"] = "{\"kind\":\"header\",\"kind\":\"header\"}"u8.ToArray(),
        ["a byte order mark"] = [0xEF, 0xBB, 0xBF, .. "{}"u8],
        ["a line of four megabytes"] = Encoding.UTF8.GetBytes("\"" + new string('x', 4 << 20) + "\""),
        ["zeros"] = new byte[100_000],
        ["nothing but escapes"] = Encoding.UTF8.GetBytes("\"" + string.Concat(Enumerable.Repeat("\\u0001", 100_000)) + "\""),
        ["a hundred thousand keys"] = Encoding.UTF8.GetBytes("{" + string.Join(',', Enumerable.Range(100_000, 100_000).Select(key => $"\"{key}\":0")) + "}"),
        ["a negative position"] = "{\"hash\":\"\",\"kind\":\"leaf\",\"position\":-1}"u8.ToArray(),
        ["a null"] = "null"u8.ToArray(),
    };

    private static byte[] Many(byte one) => [.. Enumerable.Repeat(one, 100_000)];

    private static byte[] BundleLine(int length) =>
        Encoding.UTF8.GetBytes($"{{\"fields\":{{\"evidence\":{{\"salt\":\"{new string('0', 32)}\",\"value\":\"{new string('x', length)}\"}}}},\"kind\":\"payload\",\"position\":4}}\n");

    private static VerificationReport Within(long bytes, Func<VerificationReport> verify)
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        var report = verify();
        var allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        Assert.True(allocated < bytes, $"{allocated} bytes were allocated");
        return report;
    }
}
