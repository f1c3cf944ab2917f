using Gantral.Silo.Telemetry;

namespace Gantral.Silo.Gateway.Overview;

/// <summary>What one silo does, for all teams together.</summary>
/// <param name="Recent">What it measured in the seconds that are just over.</param>
/// <param name="Committing">How many commits wait for their turn.</param>
/// <param name="Listeners">How many follow its stream.</param>
/// <param name="Behind">How many entries are written and not yet told to them.</param>
internal sealed record SiloFigures(RecentFigures Recent, long Committing, long Listeners, long Behind);
