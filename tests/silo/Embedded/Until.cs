using System.Diagnostics;

namespace Gantral.Silo.Tests.Embedded;

/// <summary>Waits for what another process or thread does; bounded.</summary>
internal static class Until
{
    // Asking without a pause would take the processor from those who are waited for.
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(2);

    public static Task TrueAsync(Func<bool> condition) => TrueAsync(() => Task.FromResult(condition()));

    public static async Task TrueAsync(Func<Task<bool>> condition)
    {
        var waited = Stopwatch.StartNew();
        using var turns = new PeriodicTimer(Pause);
        while (!await condition())
        {
            Assert.True(waited.Elapsed < TestFolder.Patience, "What was waited for did not happen.");
            await turns.WaitForNextTickAsync();
        }
    }
}
