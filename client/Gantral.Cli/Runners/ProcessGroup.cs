using System.ComponentModel;
using System.Diagnostics;
using System.Runtime.InteropServices;

namespace Gantral.Cli.Runners;

/// <summary>A process and whatever it starts: a group of its own, which no key on this terminal reaches and which ends as a whole.</summary>
internal sealed partial class ProcessGroup : IDisposable
{
    private const string Leader = "/usr/bin/setsid";
    private const int Kill = 9;

    private readonly Process _process;
    private readonly bool _leads;

    private ProcessGroup(Process process, bool leads) => (_process, _leads) = (process, leads);

    /// <summary>What it says on standard error.</summary>
    public StreamReader Errors => _process.StandardError;

    /// <summary>Whether there is such a command, so that nobody's work is fetched for one that cannot be started.</summary>
    public static bool Exists(string command) => command.Contains('/', StringComparison.Ordinal)
        ? File.Exists(command)
        : (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Any(folder => File.Exists(Path.Combine(folder, command)));

    /// <summary>Starts a command as it is, without a shell. Its standard input is empty.</summary>
    public static ProcessGroup Start(IReadOnlyList<string> command, Action<IDictionary<string, string?>> environs)
    {
        var leads = File.Exists(Leader);
        var start = leads ? new ProcessStartInfo(Leader, command) : new ProcessStartInfo(command[0], command.Skip(1));
        start.RedirectStandardInput = true;
        start.RedirectStandardError = true;
        environs(start.Environment);
        try
        {
            var process = Process.Start(start)!;
            process.StandardInput.Close();
            return new ProcessGroup(process, leads);
        }
        catch (Win32Exception refused)
        {
            throw new IOException($"{command[0]} cannot be started: {refused.Message}", refused);
        }
    }

    /// <summary>Waits for the process, and answers its exit status. Whatever it left behind is killed.</summary>
    public async Task<int> EndAsync(CancellationToken cancellation)
    {
        try
        {
            await _process.WaitForExitAsync(cancellation).ConfigureAwait(false);
        }
        finally
        {
            KillAll();
        }

        return _process.ExitCode;
    }

    public void Dispose() => _process.Dispose();

    private void KillAll()
    {
        if (_leads)
        {
            _ = Signal(-_process.Id, Kill);
        }
        else if (!_process.HasExited)
        {
            _process.Kill(entireProcessTree: true);
        }
    }

    [LibraryImport("libc", EntryPoint = "kill", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Signal(int process, int signal);
}
