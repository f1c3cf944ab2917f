namespace Gantral.Client.Connection;

/// <summary>Names as parts of a path.</summary>
internal static class PathPart
{
    public static string Of(string name) => Uri.EscapeDataString(name);

    public static string Of(Guid id) => id.ToString("D");
}
