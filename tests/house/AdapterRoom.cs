using System.Text.RegularExpressions;

namespace Gantral.House.Tests;

/// <summary>Adapters translate and do nothing else: they know neither what governs nor where it is kept.</summary>
public sealed partial class AdapterRoom
{
    private static readonly string Room = Path.Combine(Checkout.Root, "silo", "Adapters");

    [Fact]
    public void Adapters_refer_to_no_other_room()
    {
        // Also by a shorter name, as their place in the same house would allow.
        var rooms = Directory.EnumerateDirectories(Path.Combine(Checkout.Root, "silo")).Select(folder => Path.GetFileName(folder)).Append("Silo").Append("Abstractions").Append("Evidence").Append("Grains").Except(["Adapters"]).ToList();
        foreach (var file in Directory.EnumerateFiles(Room, "*.cs"))
        {
            var code = CommentPattern().Replace(File.ReadAllText(file), "").Replace("namespace Gantral.Silo.Adapters;", "", StringComparison.Ordinal);
            Assert.DoesNotContain("Gantral", code, StringComparison.Ordinal);
            Assert.DoesNotContain(rooms, room => Regex.IsMatch(code, $@"\b{Regex.Escape(room)}\."));
        }
    }

    [Fact]
    public void Adapters_call_nobody() =>
        Assert.DoesNotContain(Directory.EnumerateFiles(Room, "*.cs"), file => WorldPattern().IsMatch(File.ReadAllText(file)));

    [GeneratedRegex("//.*$", RegexOptions.Multiline)]
    private static partial Regex CommentPattern();

    [GeneratedRegex(@"System\.(Net|IO|Data|Threading)|HttpClient|Npgsql|File\.")]
    private static partial Regex WorldPattern();
}
