using System.Collections.Immutable;
using Gantral.Abstractions.Authority;
using Gantral.Abstractions.Commands;
using Gantral.Abstractions.Evidence;
using Gantral.Abstractions.Refusals;
using Gantral.Abstractions.Vocabulary;
using Gantral.Evidence.Entries;
using Gantral.Evidence.Json;

namespace Gantral.Grains.Authority;

/// <summary>A commit being written: entries chained to the instance and to each other, each applied as it is added.</summary>
internal sealed class Draft(Instance? before, Command command, WorkflowTerms terms, Moment moment)
{
    private readonly ImmutableArray<SealedEntry>.Builder _entries = ImmutableArray.CreateBuilder<SealedEntry>(4);
    private Instance? _instance;
    private int _saltsTaken;

    /// <summary>The instance before anything was added.</summary>
    public Instance? Before { get; } = before;

    /// <summary>The instance after what was added so far.</summary>
    public Instance Instance => _instance ?? Before ?? throw new InvalidOperationException("There is no instance yet.");

    /// <summary>What the workflow says.</summary>
    public WorkflowTerms Terms => terms;

    /// <summary>An unused id.</summary>
    public Guid NewId => moment.NewId;

    /// <summary>The time of the commit: the database's, but never before the instance's last entry.</summary>
    public Instant Now => Before is null ? moment.At : Instant.Later(moment.At, Before.UpdatedAt);

    /// <summary>Adds the first entry of a new instance.</summary>
    public void Create(Command.Create create)
    {
        var entry = new Entry
        {
            Subject = Subject.Instance(create.InstanceId),
            Sequence = 1,
            PrevHash = Digest.Zero,
            Type = EventType.Created,
            State = ExecutionState.Created,
            At = Now,
            Actor = create.Actor,
            Binding = create.Binding,
            CommandId = create.CommandId,
        };
        Add(entry, [Private(PrivateFieldNames.TriggerContext, create.TriggerContext)]);
    }

    /// <summary>Adds the transition into <paramref name="state"/>; the table must have the edge.</summary>
    public void Enter(ExecutionState state, Func<Entry, Entry>? detail = null, params ReadOnlySpan<PrivateField> payload)
    {
        if (!StateMachine.Allows(Instance.State, state))
        {
            throw new InvalidOperationException($"No edge leads from {Instance.State} to {state}.");
        }

        Add(Next(TransitionInto(state), state, detail), payload);
    }

    /// <summary>Adds an event that leaves the state as it is.</summary>
    public void Record(EventType type, Func<Entry, Entry>? detail = null, params ReadOnlySpan<PrivateField> payload)
    {
        if (!StateMachine.Allows(Instance.State, type))
        {
            throw new InvalidOperationException($"{type} does not happen in {Instance.State}.");
        }

        Add(Next(type, Instance.State, detail), payload);
    }

    /// <summary>Ends the instance.</summary>
    public void Terminate(Reason reason, Advice? advice = null, params ReadOnlySpan<PrivateField> payload) =>
        Enter(ExecutionState.Terminated, entry => entry with { Reason = reason, Advice = advice }, payload);

    /// <summary>A private field with a salt of its own.</summary>
    public PrivateField Private(string name, CanonicalBytes value) =>
        new(name, moment.Salts.Slice(PrivateField.SaltSize * _saltsTaken++, PrivateField.SaltSize), value);

    /// <summary>A private field that holds a text.</summary>
    public PrivateField Private(string name, string text)
    {
        var json = new CanonicalWriter();
        json.String(text);
        return Private(name, json.ToCanonicalBytes());
    }

    /// <summary>The ruling that commits what was added.</summary>
    public Ruling Commit() => new(_instance ?? Before, _entries.ToImmutable(), null);

    /// <summary>The ruling that refuses, and commits what was due before.</summary>
    public Ruling Refuse(RefusalCode code, string message) => new(_instance ?? Before, _entries.ToImmutable(), new Refusal(code, message));

    private Entry Next(EventType type, ExecutionState state, Func<Entry, Entry>? detail)
    {
        var entry = new Entry
        {
            Subject = Subject.Instance(Instance.InstanceId),
            Sequence = Instance.Sequence + 1,
            PrevHash = Instance.Head,
            Type = type,
            FromState = Instance.State,
            State = state,
            At = Now,
            Actor = command.Actor,
            Binding = Instance.Binding,
            CommandId = command.CommandId,
        };
        return detail is null ? entry : detail(entry);
    }

    private void Add(Entry entry, ReadOnlySpan<PrivateField> payload)
    {
        var written = SealedEntry.Seal(entry, payload);
        _entries.Add(written);
        _instance = InstanceFold.Apply(_instance ?? Before, written);
    }

    private static EventType TransitionInto(ExecutionState state) => state switch
    {
        ExecutionState.Created => EventType.Created,
        ExecutionState.Running => EventType.Running,
        ExecutionState.WaitingForHuman => EventType.WaitingForHuman,
        ExecutionState.Approved => EventType.Approved,
        ExecutionState.Rejected => EventType.Rejected,
        ExecutionState.Overridden => EventType.Overridden,
        ExecutionState.Resumed => EventType.Resumed,
        ExecutionState.Terminated => EventType.Terminated,
        ExecutionState.Completed => EventType.Completed,
        _ => throw new InvalidOperationException($"{state} is no state."),
    };
}
