using Microsoft.Extensions.Hosting;

namespace Gantral.Client;

/// <summary>A runner that lives as long as its host.</summary>
internal sealed class RunnerService(GantralRunner runner) : BackgroundService
{
    private readonly CancellationTokenSource _hurry = new();

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        // When the host's own patience ends, so does that with the work.
        await using var late = cancellationToken.Register(_hurry.Cancel).ConfigureAwait(false);
        await base.StopAsync(CancellationToken.None).ConfigureAwait(false);
    }

    public override void Dispose()
    {
        _hurry.Dispose();
        base.Dispose();
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => runner.RunAsync(stoppingToken, _hurry.Token);
}
