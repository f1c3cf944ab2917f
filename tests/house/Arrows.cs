using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;

namespace Gantral.House.Tests;

/// <summary>Arrows point one way: silo → grains → evidence → abstractions. The verifier links the last two and nothing else.</summary>
public sealed class Arrows
{
    private static readonly Dictionary<string, string[]> Allowed = new()
    {
        ["Gantral.Abstractions"] = [],
        ["Gantral.Evidence"] = ["Gantral.Abstractions"],
        ["Gantral.Grains"] = ["Gantral.Evidence", "Gantral.Abstractions"],
        ["Gantral.Silo"] = ["Gantral.Grains", "Gantral.Evidence", "Gantral.Abstractions"],
        ["Gantral.Client"] = ["Gantral.Abstractions"],
        ["gantral"] = ["Gantral.Client", "Gantral.Evidence", "Gantral.Abstractions"],
    };

    // What may be linked besides the framework. The pure rooms have no packages at all.
    private static readonly Dictionary<string, string[]> Packages = new()
    {
        ["Gantral.Silo"] = ["Npgsql"],
        ["Gantral.Client"] = ["Microsoft.Extensions.DependencyInjection.Abstractions", "Microsoft.Extensions.Hosting.Abstractions", "Microsoft.Extensions.Logging.Abstractions"],
        ["gantral"] = ["System.CommandLine", "Microsoft.Extensions.Logging.Abstractions"],
    };

    public static TheoryData<string> Rooms => [.. Allowed.Keys];

    [Theory]
    [MemberData(nameof(Rooms))]
    public void No_room_refers_to_one_that_stands_above_it(string room) =>
        Assert.Empty(References(room).Where(IsOurs).Except(Allowed[room]));

    [Theory]
    [MemberData(nameof(Rooms))]
    public void A_room_links_the_framework_and_the_packages_it_is_allowed(string room) =>
        Assert.Empty(References(room).Where(name => !IsOurs(name) && !IsFramework(name) && !(room == "Gantral.Silo" && IsServerFramework(name))).Except(Packages.GetValueOrDefault(room, [])));

    [Theory]
    [MemberData(nameof(Rooms))]
    public void A_project_file_declares_no_arrow_that_the_code_may_not_use(string room)
    {
        var project = Checkout.Projects().Single(file => Path.GetFileNameWithoutExtension(file) == (room == "gantral" ? "Gantral.Cli" : room));
        var declared = Checkout.Values(project, "ProjectReference").Select(path => Path.GetFileNameWithoutExtension(path.Replace('\\', '/')));

        Assert.Empty(declared.Except(Allowed[room]));
    }

    [Fact]
    public void Every_room_of_the_product_is_held_to_its_arrows()
    {
        var rooms = Checkout.Projects().Where(file => !file.Contains("/tests/", StringComparison.Ordinal) && !file.Contains("/bench/", StringComparison.Ordinal))
            .Select(file => Path.GetFileNameWithoutExtension(file)).Select(name => name == "Gantral.Cli" ? "gantral" : name);

        Assert.Equal(Allowed.Keys.Order(StringComparer.Ordinal), rooms.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void The_pure_rooms_refer_to_no_network_process_or_file()
    {
        string[] forbidden = ["System.Net", "System.Diagnostics.Process", "System.Data"];
        foreach (var room in new[] { "Gantral.Abstractions", "Gantral.Evidence", "Gantral.Grains" })
        {
            Assert.DoesNotContain(References(room), name => forbidden.Any(start => name.StartsWith(start, StringComparison.Ordinal)));
        }
    }

    private static bool IsOurs(string name) => name.StartsWith("Gantral.", StringComparison.OrdinalIgnoreCase) || name == "gantral";

    private static bool IsFramework(string name) => File.Exists(Path.Combine(FrameworkFolder, $"{name}.dll"));

    // The silo alone is a server: it may also use the framework for these, installed beside the other one.
    private static bool IsServerFramework(string name) =>
        Directory.EnumerateFiles(Path.Combine(FrameworkFolder, "..", "..", "Microsoft.AspNetCore.App"), $"{name}.dll", SearchOption.AllDirectories).Any();

    private static string FrameworkFolder => Path.GetDirectoryName(typeof(object).Assembly.Location)!;

    // Read from the compiled assembly: what a project file promises, the code may still not keep.
    private static IReadOnlyList<string> References(string room)
    {
        using var file = File.OpenRead(Path.Combine(AppContext.BaseDirectory, $"{room}.dll"));
        using var pe = new PEReader(file);
        var metadata = pe.GetMetadataReader();
        return [.. metadata.AssemblyReferences.Select(handle => metadata.GetString(metadata.GetAssemblyReference(handle).Name))];
    }
}
