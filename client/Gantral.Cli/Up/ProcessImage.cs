using System.Runtime.InteropServices;

namespace Gantral.Cli.Up;

/// <summary>Has another program go on in place of this one, with its terminal, its process id and its signals: execve(2).</summary>
internal static partial class ProcessImage
{
    /// <summary>Returns only when that failed, with why.</summary>
    public static string Replace(IReadOnlyList<string> words, IReadOnlyDictionary<string, string> environment)
    {
        // The lists end with a null.
        _ = Execute(words[0], [.. words, null], [.. environment.Select(one => $"{one.Key}={one.Value}"), null]);
        return Marshal.GetPInvokeErrorMessage(Marshal.GetLastPInvokeError());
    }

    [LibraryImport("libc", EntryPoint = "execve", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Execute(string path, string?[] arguments, string?[] environment);
}
