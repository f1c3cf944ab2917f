using Gantral.Abstractions.Authority;
using Gantral.Abstractions.Vocabulary;

namespace Gantral.Grains.Tests.Table;

public sealed class EdgeTests
{
    // Copied from the design by hand, in the names of the wire, and not from the code.
    private static readonly HashSet<string> Edges =
    [
        "CREATED RUNNING",
        "RUNNING WAITING_FOR_HUMAN", "RUNNING COMPLETED",
        "WAITING_FOR_HUMAN APPROVED", "WAITING_FOR_HUMAN REJECTED", "WAITING_FOR_HUMAN OVERRIDDEN",
        "APPROVED RESUMED", "OVERRIDDEN RESUMED", "REJECTED TERMINATED",
        "RESUMED RUNNING", "RESUMED COMPLETED",
        "CREATED TERMINATED", "RUNNING TERMINATED", "WAITING_FOR_HUMAN TERMINATED", "RESUMED TERMINATED",
    ];

    private static readonly HashSet<string> Anywhere = ["CREATED", "RUNNING", "WAITING_FOR_HUMAN", "RESUMED", "COMPLETED", "TERMINATED"];

    private static readonly Dictionary<string, HashSet<string>> Places = new()
    {
        ["TIMEOUT"] = ["WAITING_FOR_HUMAN"],
        ["ESCALATED"] = ["WAITING_FOR_HUMAN"],
        ["DECISION_RECORDED"] = ["WAITING_FOR_HUMAN"],
        ["STEP_ALLOWED"] = ["RUNNING"],
        ["OBSERVED"] = ["RUNNING"],
        ["SUSPENDED"] = ["RUNNING", "WAITING_FOR_HUMAN", "RESUMED"],
        ["EVIDENCE_ATTACHED"] = Anywhere,
        ["COST_RECORDED"] = Anywhere,
        ["REDACTED"] = Anywhere,
    };

    public static TheoryData<ExecutionState, ExecutionState> EveryPairOfStates { get; } =
        Pairs(Enum.GetValues<ExecutionState>());

    public static TheoryData<ExecutionState, EventType> EveryStateAndEvent { get; } =
        Pairs(Enum.GetValues<EventType>());

    [Theory]
    [MemberData(nameof(EveryPairOfStates))]
    public void The_table_has_exactly_the_edges_of_the_design(ExecutionState from, ExecutionState to) =>
        Assert.Equal(Edges.Contains($"{WireName.Of(from)} {WireName.Of(to)}"), StateMachine.Allows(from, to));

    [Theory]
    [MemberData(nameof(EveryStateAndEvent))]
    public void An_execution_event_happens_exactly_where_the_design_lets_it(ExecutionState state, EventType type) =>
        Assert.Equal(Places.GetValueOrDefault(WireName.Of(type))?.Contains(WireName.Of(state)) == true, StateMachine.Allows(state, type));

    [Fact]
    public void The_list_of_edges_repeats_none() => Assert.Equal(Edges.Count, StateMachine.Edges.Count);

    [Theory]
    [MemberData(nameof(EveryStateAndEvent))]
    public void A_transition_event_is_named_after_the_state_that_it_enters(ExecutionState state, EventType type) =>
        Assert.Equal(WireName.Of(state) == WireName.Of(type), StateMachine.Entered(type) == state);

    [Fact]
    public void Every_event_of_an_instance_is_either_a_transition_or_an_execution_event() =>
        Assert.Equal(
            Enum.GetValues<EventType>().TakeWhile(type => type != EventType.WorkflowRegistered),
            Enum.GetValues<EventType>().Where(type => StateMachine.IsExecutionEvent(type) ^ StateMachine.Entered(type) is not null));

    [Fact]
    public void Nothing_leaves_a_final_state_and_every_other_state_has_a_way_out() =>
        Assert.All(Enum.GetValues<ExecutionState>(), state => Assert.Equal(
            WireName.Of(state) is "COMPLETED" or "TERMINATED",
            StateMachine.IsFinal(state) && Enum.GetValues<ExecutionState>().All(to => !StateMachine.Allows(state, to))));

    [Fact]
    public void Only_the_three_states_of_a_decision_are_left_in_the_commit_that_enters_them() =>
        Assert.Equal(["APPROVED", "REJECTED", "OVERRIDDEN"], Enum.GetValues<ExecutionState>().Where(StateMachine.IsPassing).Select(WireName.Of));

    private static TheoryData<ExecutionState, T> Pairs<T>(T[] others)
    {
        var pairs = new TheoryData<ExecutionState, T>();
        foreach (var state in Enum.GetValues<ExecutionState>())
        {
            foreach (var other in others)
            {
                pairs.Add(state, other);
            }
        }

        return pairs;
    }
}
