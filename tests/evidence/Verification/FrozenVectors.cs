using System.Text;
using Gantral.Evidence.Verification;
using Gantral.Lives.Vectors;

namespace Gantral.Evidence.Tests.Verification;

/// <summary>
/// The files under evidence/vectors are frozen: made once, then only compared. A vector that is missing is made when
/// GANTRAL_WRITE_VECTORS is 1; one that is there is never written again.
/// </summary>
public sealed class FrozenVectors
{
    private static readonly string Bundles = Path.Combine(VectorKeys.Folder, "bundles");

    private static readonly Dictionary<string, VectorCase> Cases =
        ValidLives.Cases().Concat(Forgeries.Cases()).Concat(BrokenFiles.Cases()).ToDictionary(vector => vector.Name);

    public static TheoryData<string> Names => [.. Cases.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void A_frozen_bundle_gets_its_frozen_report(string name)
    {
        var vector = Cases[name];
        WriteIfMissing(vector);

        var report = Verify(vector, File.ReadAllBytes(FileOf(name)));
        var expected = File.ReadAllText(ReportOf(name));

        Assert.Equal(expected, ReportJson.Write(report) + "\n");
        Assert.Equal((vector.Verdict, vector.Code), (report.Verdict, report.Finding.Code));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void The_core_still_writes_the_bytes_of_a_frozen_bundle(string name)
    {
        var frozen = Lines(File.ReadAllBytes(FileOf(name)));
        var anew = Lines(Cases[name].Make());

        // A signature is different each time it is made, so heads are compared by what they say, not by who signed it.
        Assert.Equal(frozen.Select(WithoutSignature), anew.Select(WithoutSignature));
    }

    [Fact]
    public void Every_file_of_the_vectors_is_one_of_the_cases() =>
        Assert.Equal(Cases.Keys.Order(StringComparer.Ordinal), Directory.GetFiles(Bundles).Select(file => Path.GetFileName(file).Split('.')[0]).Distinct().Order(StringComparer.Ordinal));

    [Fact]
    public void The_frozen_keys_file_says_what_the_cases_trust()
    {
        var path = Path.Combine(VectorKeys.Folder, "keys.json");
        if (!File.Exists(path) && Writes)
        {
            File.WriteAllText(path, VectorKeys.Trusted.ToFile() + "\n");
        }

        Assert.True(TrustedKeys.TryParse(File.ReadAllBytes(path), out var keys, out var fault), fault);
        Assert.Equal(VectorKeys.Trusted.ToFile(), keys.ToFile());
    }

    internal static VerificationReport Verify(VectorCase vector, byte[] bundle) =>
        Verifier.Verify(new MemoryStream(bundle), vector.Keys, new VerifierOptions { KnownCheckpoints = [.. vector.Known] });

    private static bool Writes => Environment.GetEnvironmentVariable("GANTRAL_WRITE_VECTORS") == "1";

    private static string FileOf(string name) => Path.Combine(Bundles, $"{name}.jsonl");

    private static string ReportOf(string name) => Path.Combine(Bundles, $"{name}.report.json");

    private static void WriteIfMissing(VectorCase vector)
    {
        if (Writes && !File.Exists(FileOf(vector.Name)))
        {
            File.WriteAllBytes(FileOf(vector.Name), vector.Make());
        }

        if (Writes && !File.Exists(ReportOf(vector.Name)))
        {
            File.WriteAllText(ReportOf(vector.Name), ReportJson.Write(Verify(vector, File.ReadAllBytes(FileOf(vector.Name)))) + "\n");
        }
    }

    private static string[] Lines(byte[] file) => Encoding.UTF8.GetString(file).Split('\n');

    private static string WithoutSignature(string line)
    {
        var signatures = line.IndexOf("\\n\\n\u2014 ", StringComparison.Ordinal);
        return signatures < 0 ? line : line[..signatures];
    }
}
