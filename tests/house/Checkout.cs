using System.Xml.Linq;

namespace Gantral.House.Tests;

/// <summary>The checkout that the tests were built from.</summary>
internal static class Checkout
{
    public static string Root { get; } = FindRoot();

    /// <summary>Every project file.</summary>
    public static IEnumerable<string> Projects() =>
        Directory.EnumerateFiles(Root, "*.csproj", SearchOption.AllDirectories).Where(file => !file.Contains("/node_modules/", StringComparison.Ordinal));

    /// <summary>Every source file of C#.</summary>
    public static IEnumerable<string> Sources() =>
        Directory.EnumerateFiles(Root, "*.cs", SearchOption.AllDirectories)
            .Where(file => !file.Contains("/obj/", StringComparison.Ordinal) && !file.Contains("/bin/", StringComparison.Ordinal) && !file.Contains("/node_modules/", StringComparison.Ordinal));

    /// <summary>What the items of a kind include.</summary>
    public static IEnumerable<string> Values(string project, string item) =>
        XDocument.Load(project).Descendants(item).Select(element => element.Attribute("Include")?.Value).OfType<string>();

    private static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Gantral.sln")))
        {
            folder = folder.Parent;
        }

        return folder?.FullName ?? throw new InvalidOperationException("The house is inspected from a checkout of the repository.");
    }
}
