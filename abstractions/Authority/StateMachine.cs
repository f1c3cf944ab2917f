using System.Collections.Frozen;

namespace Gantral.Abstractions.Authority;

/// <summary>The nine states of an execution instance. There are no others.</summary>
public enum ExecutionState
{
    /// <summary>The instance exists and has not started.</summary>
    Created,

    /// <summary>Work may go on.</summary>
    Running,

    /// <summary>Execution has stopped until a person decides.</summary>
    WaitingForHuman,

    /// <summary>A person approved exactly what was shown.</summary>
    Approved,

    /// <summary>A person refused.</summary>
    Rejected,

    /// <summary>A person allowed it with a changed context.</summary>
    Overridden,

    /// <summary>Authority was given; a new process may take up the work.</summary>
    Resumed,

    /// <summary>Ended without completing. Final.</summary>
    Terminated,

    /// <summary>Ended as intended. Final.</summary>
    Completed,
}

/// <summary>
/// The whole state machine: which state may follow which, and which events may happen inside a state. The authority
/// core obeys this table, the verifier replays against it, the documentation prints it; nothing else decides an edge.
/// </summary>
public static class StateMachine
{
    /// <summary>Every edge there is. A command that would need another one is refused.</summary>
    public static IReadOnlyList<(ExecutionState From, ExecutionState To)> Edges { get; } =
    [
        (ExecutionState.Created, ExecutionState.Running),
        (ExecutionState.Created, ExecutionState.Terminated),

        (ExecutionState.Running, ExecutionState.WaitingForHuman),
        (ExecutionState.Running, ExecutionState.Completed),
        (ExecutionState.Running, ExecutionState.Terminated),

        (ExecutionState.WaitingForHuman, ExecutionState.Approved),
        (ExecutionState.WaitingForHuman, ExecutionState.Rejected),
        (ExecutionState.WaitingForHuman, ExecutionState.Overridden),
        (ExecutionState.WaitingForHuman, ExecutionState.Terminated),

        // A decision carries its consequence in the same commit: these three are never left waiting.
        (ExecutionState.Approved, ExecutionState.Resumed),
        (ExecutionState.Overridden, ExecutionState.Resumed),
        (ExecutionState.Rejected, ExecutionState.Terminated),

        (ExecutionState.Resumed, ExecutionState.Running),
        (ExecutionState.Resumed, ExecutionState.Completed),
        (ExecutionState.Resumed, ExecutionState.Terminated),
    ];

    private static readonly FrozenSet<(ExecutionState, ExecutionState)> EdgeSet = Edges.ToFrozenSet();

    // An execution event leaves the state as it is; this is where each one may happen.
    private static readonly FrozenDictionary<EventType, ExecutionState[]> ExecutionEventPlaces = new Dictionary<EventType, ExecutionState[]>
    {
        [EventType.Timeout] = [ExecutionState.WaitingForHuman],
        [EventType.Escalated] = [ExecutionState.WaitingForHuman],
        [EventType.DecisionRecorded] = [ExecutionState.WaitingForHuman],
        [EventType.StepAllowed] = [ExecutionState.Running],
        [EventType.Observed] = [ExecutionState.Running],
        [EventType.Suspended] = [ExecutionState.Running, ExecutionState.WaitingForHuman, ExecutionState.Resumed],
        [EventType.EvidenceAttached] = Anywhere,
        [EventType.CostRecorded] = Anywhere,
        [EventType.Redacted] = Anywhere,
    }.ToFrozenDictionary();

    private static ExecutionState[] Anywhere =>
    [
        ExecutionState.Created, ExecutionState.Running, ExecutionState.WaitingForHuman, ExecutionState.Resumed,
        ExecutionState.Completed, ExecutionState.Terminated,
    ];

    /// <summary>Whether the table has the edge.</summary>
    public static bool Allows(ExecutionState from, ExecutionState to) => EdgeSet.Contains((from, to));

    /// <summary>Whether an execution event may happen in a state.</summary>
    public static bool Allows(ExecutionState state, EventType executionEvent) =>
        ExecutionEventPlaces.TryGetValue(executionEvent, out var places) && Array.IndexOf(places, state) >= 0;

    /// <summary>Whether nothing of authority may follow.</summary>
    public static bool IsFinal(ExecutionState state) => state is ExecutionState.Completed or ExecutionState.Terminated;

    /// <summary>Whether the state is left again within the commit that enters it.</summary>
    public static bool IsPassing(ExecutionState state) =>
        state is ExecutionState.Approved or ExecutionState.Rejected or ExecutionState.Overridden;

    /// <summary>The state that a transition event enters, or none for every other event.</summary>
    public static ExecutionState? Entered(EventType type) => type switch
    {
        EventType.Created => ExecutionState.Created,
        EventType.Running => ExecutionState.Running,
        EventType.WaitingForHuman => ExecutionState.WaitingForHuman,
        EventType.Approved => ExecutionState.Approved,
        EventType.Rejected => ExecutionState.Rejected,
        EventType.Overridden => ExecutionState.Overridden,
        EventType.Resumed => ExecutionState.Resumed,
        EventType.Terminated => ExecutionState.Terminated,
        EventType.Completed => ExecutionState.Completed,
        _ => null,
    };

    /// <summary>Whether an event is an execution event: of an instance, but without a transition.</summary>
    public static bool IsExecutionEvent(EventType type) => ExecutionEventPlaces.ContainsKey(type);
}
