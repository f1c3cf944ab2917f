using System.Collections.Immutable;
using Gantral.Abstractions.Authority;
using Gantral.Silo.Gateway.Overview;
using Gantral.Silo.Telemetry;

namespace Gantral.Silo.Tests.Gateway;

/// <summary>An overview of which only who is told what is of interest here.</summary>
internal sealed partial class ServedApi : IOverview
{
    public SiloFigures Here => new(new SiloMeasures(TimeProvider.System).Recent, 0, 1, 0);

    public ValueTask<OverviewFigures> OfAsync(ImmutableArray<string> teams) => new(new OverviewFigures(Samples.At, Samples.At)
    {
        Instances = [.. teams.Select(team => new CountedInstances(team, "deploy", ExecutionState.Running, 3, 0))],
    });
}
