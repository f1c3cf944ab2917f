using System.Diagnostics;

namespace Gantral.Silo.Tests.Embedded;

/// <summary>Waits for what another process does; bounded.</summary>
internal static class Until
{
    public static async Task TrueAsync(Func<bool> condition)
    {
        var waited = Stopwatch.StartNew();
        while (!condition())
        {
            Assert.True(waited.Elapsed < TestFolder.Patience, "What was waited for did not happen.");
            await Task.Yield();
        }
    }

    /// <summary>Asks again and again; the asking itself takes its time.</summary>
    public static async Task TrueAsync(Func<Task<bool>> condition)
    {
        var waited = Stopwatch.StartNew();
        while (!await condition())
        {
            Assert.True(waited.Elapsed < TestFolder.Patience, "What was waited for did not happen.");
        }
    }
}
