using System.Collections.Immutable;

namespace Gantral.Silo.Gateway.Hooks;

/// <summary>Which workflows take messages, and where.</summary>
internal interface IHooks
{
    /// <summary>The triggers that a hook has, each of the newest version of its workflow.</summary>
    ValueTask<ImmutableArray<HookedTrigger>> FindAsync(string hookId);
}
