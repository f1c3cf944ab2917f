using System.Globalization;

namespace Gantral.Silo.Embedded;

/// <summary>A place where packages put binaries, one folder for each major version: root/prefix15/inner.</summary>
internal sealed record InstallationPlace(string Root, string Prefix, string Inner)
{
    /// <summary>The folders there, newest version first.</summary>
    public IEnumerable<string> Folders()
    {
        var found = Directory.Exists(Root) ? Directory.EnumerateDirectories(Root, $"{Prefix}*") : [];
        return found.OrderByDescending(Version).ThenBy(folder => folder, StringComparer.Ordinal).Select(folder => Path.Combine(folder, Inner));
    }

    private int Version(string folder) =>
        int.TryParse(Path.GetFileName(folder)[Prefix.Length..], NumberStyles.None, CultureInfo.InvariantCulture, out var version) ? version : 0;
}
