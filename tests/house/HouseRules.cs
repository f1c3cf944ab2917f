using System.Text.RegularExpressions;
using Gantral.Abstractions.Authority;
using Gantral.Abstractions.Vocabulary;

namespace Gantral.House.Tests;

/// <summary>What keeps the house readable, asked of the files themselves.</summary>
public sealed partial class HouseRules
{
    private const int LongestFile = 400;

    [Fact]
    public void No_source_file_is_longer_than_a_reader_can_hold() =>
        Assert.Empty(Checkout.Sources().Where(file => File.ReadLines(file).Count() > LongestFile).Select(Relative));

    [Fact]
    public void No_room_is_named_after_what_kind_of_class_it_holds() =>
        Assert.DoesNotContain(Checkout.Sources().Select(Relative), path => VaguePattern().IsMatch(path));

    [Fact]
    public void Every_package_version_is_central() =>
        Assert.Empty(Checkout.Projects().Where(project => File.ReadAllText(project).Contains("Version=", StringComparison.Ordinal)).Select(Relative));

    [Fact]
    public void No_test_waits_by_sleeping() =>
        Assert.Empty(Checkout.Sources().Where(file => file.Contains("/tests/", StringComparison.Ordinal) && SleepPattern().IsMatch(File.ReadAllText(file))).Select(Relative));

    [Fact]
    public void The_edges_in_the_documentation_are_the_edges_of_the_table()
    {
        var text = File.ReadAllText(Path.Combine(Checkout.Root, "docs", "concepts.md"));
        var documented = EdgePattern().Matches(text).Select(match => (match.Groups[1].Value, match.Groups[2].Value));
        var table = StateMachine.Edges.Select(edge => (WireName.Of(edge.From), WireName.Of(edge.To)));

        Assert.Equal(table.Order(), documented.Order());
    }

    [Fact]
    public void Every_document_that_is_linked_is_there()
    {
        foreach (var file in Directory.EnumerateFiles(Checkout.Root, "*.md", SearchOption.AllDirectories).Where(file => !file.Contains("/node_modules/", StringComparison.Ordinal)))
        {
            foreach (Match link in LinkPattern().Matches(File.ReadAllText(file)))
            {
                var target = Path.Combine(Path.GetDirectoryName(file)!, link.Groups[1].Value);
                Assert.True(Path.Exists(target), $"{Relative(file)} links {link.Groups[1].Value}, which is not there");
            }
        }
    }

    private static string Relative(string file) => Path.GetRelativePath(Checkout.Root, file);

    [GeneratedRegex(@"(Helper|Util|Manager)s?(/|\.cs)|(^|/)(Common|Models)(/|\.cs)")]
    private static partial Regex VaguePattern();

    [GeneratedRegex(@"(Thread\.Sleep|Task\.Delay)\(")]
    private static partial Regex SleepPattern();

    [GeneratedRegex(@"^\| `([A-Z_]+)` \| `([A-Z_]+)` \|", RegexOptions.Multiline)]
    private static partial Regex EdgePattern();

    [GeneratedRegex(@"\]\((?!https?://|#)([^)#]+)")]
    private static partial Regex LinkPattern();
}
