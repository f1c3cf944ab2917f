using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Gantral.Client;

/// <summary>Runners in the generic host of .NET.</summary>
public static class GantralRunnerHosting
{
    /// <summary>
    /// Adds a runner that works as long as the host lives, over the <see cref="GantralClient"/> among its services. The host's
    /// time for stopping bounds its patience.
    /// </summary>
    public static IServiceCollection AddGantralRunner(
        this IServiceCollection services, GantralRunnerOptions options, Func<IServiceProvider, RunnerTask, CancellationToken, Task<Outcome>> work) =>
        services.AddSingleton<IHostedService>(provider => new RunnerService(new GantralRunner(
            provider.GetRequiredService<GantralClient>(),
            options with { Logger = provider.GetRequiredService<ILogger<GantralRunner>>() },
            (task, cancellation) => work(provider, task, cancellation))));
}
