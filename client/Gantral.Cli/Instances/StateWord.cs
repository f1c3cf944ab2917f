using Gantral.Abstractions.Authority;
using Gantral.Abstractions.Vocabulary;
using Gantral.Cli.Terminal;
using Gantral.Client;

namespace Gantral.Cli.Instances;

/// <summary>States as people see them: the word of the reference, painted by what it means to them.</summary>
internal static class StateWord
{
    /// <summary>A state.</summary>
    public static Cell Of(ExecutionState state, Colour colour) => new(WireName.Of(state), state switch
    {
        ExecutionState.WaitingForHuman => colour.Doubtful,
        ExecutionState.Terminated => colour.Bad,
        ExecutionState.Completed => colour.Good,
        _ => null,
    });

    /// <summary>A state and why, without paint.</summary>
    public static string Text(ExecutionInstance instance) =>
        WireName.Of(instance.State) + (instance.Reason is { } reason ? $" ({WireName.Of(reason)})" : "");
}
