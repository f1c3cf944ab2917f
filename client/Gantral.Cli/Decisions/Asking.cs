namespace Gantral.Cli.Decisions;

/// <summary>Questions to whoever sits at the terminal. They are asked beside the output, which may be a program's.</summary>
internal static class Asking
{
    /// <summary>Whether anybody sits there.</summary>
    public static bool IsPossible => !Console.IsInputRedirected;

    /// <summary>A line that somebody wrote; empty when the input has ended.</summary>
    public static async Task<string> LineAsync(string question, CancellationToken interrupted)
    {
        Console.Error.Write($"{question} ");
        // Reading a terminal hears no cancellation, and Ctrl-C must be heard.
        return (await Task.Run(Console.ReadLine, interrupted).WaitAsync(interrupted).ConfigureAwait(false) ?? "").Trim();
    }

    /// <summary>Whether somebody said yes, in so many letters.</summary>
    public static async Task<bool> YesAsync(string question, CancellationToken interrupted) =>
        await LineAsync($"{question} [y/N]", interrupted).ConfigureAwait(false) is "y" or "Y" or "yes" or "Yes" or "YES";
}
