using System.Globalization;
using System.Text;
using Gantral.Evidence.Verification;
using Gantral.Lives;
using Gantral.Lives.Vectors;
using Xunit.Abstractions;

namespace Gantral.Evidence.Tests.Verification;

/// <summary>Equal inputs give equal bytes and equal reports: in any culture and time zone, in any order, in parts or in one go.</summary>
[Collection(nameof(SameEverywhere))]
[CollectionDefinition(nameof(SameEverywhere), DisableParallelization = true)]
public sealed class SameEverywhere(ITestOutputHelper output)
{
    private static readonly VectorCase[] All = [.. ValidLives.Cases(), .. Forgeries.Cases(), .. BrokenFiles.Cases()];

    [Theory]
    [InlineData("tr-TR", "Asia/Kathmandu")]
    [InlineData("ar-SA", "America/St_Johns")]
    [InlineData("fa-IR", "Pacific/Apia")]
    [InlineData("th-TH", "Europe/Berlin")]
    [InlineData("de-DE", "UTC")]
    public void The_vectors_are_made_and_judged_alike_in_every_culture_and_time_zone(string culture, string zone)
    {
        var (was, wasZone) = (CultureInfo.CurrentCulture, Environment.GetEnvironmentVariable("TZ"));
        try
        {
            CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo(culture);
            Environment.SetEnvironmentVariable("TZ", zone);
            TimeZoneInfo.ClearCachedData();
            var frozen = new FrozenVectors();
            foreach (var vector in All)
            {
                frozen.A_frozen_bundle_gets_its_frozen_report(vector.Name);
                frozen.The_core_still_writes_the_bytes_of_a_frozen_bundle(vector.Name);
            }
        }
        finally
        {
            CultureInfo.CurrentCulture = was;
            Environment.SetEnvironmentVariable("TZ", wasZone);
            TimeZoneInfo.ClearCachedData();
        }
    }

    [Fact]
    public void The_order_of_keys_in_what_callers_send_does_not_matter()
    {
        var log = VectorKeys.NewLog();
        var other = VectorKeys.NewLog();
        var one = new Life(log, "order").Create(Life.Allow, """{"a":1,"b":{"c":2,"d":[1.50,"é"]}}""");
        var two = new Life(other, "order").Create(Life.Allow, """ { "b" : { "d":[1.5, "\u00e9"], "c":2e0 }, "a":1 } """);

        Assert.Equal(one.Instance!.Head, two.Instance!.Head);
    }

    [Fact]
    public void The_order_of_lines_in_an_instance_bundle_does_not_matter()
    {
        output.WriteLine($"seed {Scale.Seed}");
        var random = new Random(Scale.Seed);
        foreach (var vector in All.Where(vector => vector.Code != FindingCode.Truncated))
        {
            var bytes = vector.Make();
            if (!Encoding.UTF8.GetString(bytes).Contains("\"scope\":\"instance\"", StringComparison.Ordinal) || vector.Code is FindingCode.MalformedLine or FindingCode.UnknownFormat)
            {
                continue;
            }

            var lines = Encoding.UTF8.GetString(bytes).TrimEnd('\n').Split('\n');
            random.Shuffle(lines);
            var shuffled = FrozenVectors.Verify(vector, BundleFile.Join(lines.Select(Encoding.UTF8.GetBytes)));

            Assert.Equal(ReportJson.Write(FrozenVectors.Verify(vector, bytes)), ReportJson.Write(shuffled));
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(40)]
    public void A_log_verified_in_parts_gets_the_report_of_one_verified_in_one_go(int entriesPerPart)
    {
        var bytes = ValidLives.Everything().Export(payloads: true).ToBytes();
        var whole = Verifier.Verify(new MemoryStream(bytes), VectorKeys.Trusted);
        var parts = Verifier.Verify(new MemoryStream(bytes), VectorKeys.Trusted, new VerifierOptions { EntriesPerPart = entriesPerPart });

        Assert.Equal(Verdict.Valid, whole.Verdict);
        Assert.Equal(Sorted(whole), Sorted(parts));
    }

    [Fact]
    public void Parts_leave_nothing_behind_on_disk()
    {
        var folder = Directory.CreateTempSubdirectory("gantral-parts-").FullName;
        var bytes = ValidLives.Everything().Export().ToBytes();

        Verifier.Verify(new MemoryStream(bytes), VectorKeys.Trusted, new VerifierOptions { EntriesPerPart = 5, PartsFolder = folder });

        Assert.Empty(Directory.GetFiles(folder));
        Directory.Delete(folder);
    }

    private static string Sorted(VerificationReport report) =>
        ReportJson.Write(report with { Instances = [.. report.Instances.OrderBy(instance => instance.InstanceId, StringComparer.Ordinal)] }).ToString();
}
