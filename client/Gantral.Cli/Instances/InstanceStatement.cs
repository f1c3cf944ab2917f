using Gantral.Abstractions.Vocabulary;
using Gantral.Cli.Terminal;
using Gantral.Client;

namespace Gantral.Cli.Instances;

/// <summary>An instance as people read it.</summary>
internal sealed class InstanceStatement(TextWriter output, Colour colour, DateTimeOffset now)
{
    private const int NameWidth = 13;

    /// <summary>Prints where an instance stands.</summary>
    public void Print(ExecutionInstance instance)
    {
        var state = StateWord.Of(instance.State, colour);
        output.WriteLine($"Instance {instance.InstanceId:D}: {state.Paint?.Invoke(state.Text) ?? state.Text}");
        Fact("Workflow", $"{instance.WorkflowId}@{instance.WorkflowVersion}");
        Fact("Team", instance.OwningTeamId);
        Fact("Policy", instance.PolicyVersionId);
        Fact("Materiality", WireName.Of(instance.Materiality));
        Fact("Mode", WireName.Of(instance.Mode));
        Fact("Reason", instance.Reason is { } reason ? WireName.Of(reason) : null);
        Fact("Created", $"{Moment.At(instance.CreatedAt)} by {instance.CreatedBy}");
        Fact("Changed", $"{Moment.At(instance.UpdatedAt)}, entry {instance.Sequence}");
        Fact("Execute by", instance.ExecuteBy is { } by ? Moment.At(by) : null);
        Fact("Decided", instance.LastDecision is { } last ? Words(last) : null);
        Fact("Spent", instance.Cost is { Count: > 0 } cost ? string.Join(", ", cost.Select(sum => $"{sum.Amount} {sum.Currency}")) : null);
    }

    /// <summary>Prints what people are asked: all of it, and the hash that a decision binds.</summary>
    public void Print(PendingGate pending, Snapshot snapshot)
    {
        output.WriteLine();
        output.WriteLine(colour.Strong(pending.Step is { } step ? $"Asked before the step {Printable.Text(step)}" : "Asked before its start"));
        Fact("By", $"{pending.RequestedBy}, {Moment.At(pending.Since)}");
        var left = Moment.Left(pending.DecideBy, now, colour);
        var then = pending.DecideBy is { } at ? $" (until {Moment.At(at)}, then {WireName.Of(pending.OnTimeout)})" : "";
        Fact("Time left", left.Text + then, left.Paint);
        Fact("Who decides", string.Join(", ", pending.EligibleApproverRoles));
        Fact("Later", pending.EscalationRoles is { Count: > 0 } later ? string.Join(", ", later) : null);
        if (pending.ApprovalsRequired > 1)
        {
            // What a server leaves out is null here, whatever the record says.
            var approvals = pending.Approvals ?? [];
            var given = string.Concat(approvals.Select(one => $"; {one.HumanActorId}{(one.Role is { } role ? $" as {role}" : "")}"));
            Fact("Approvals", $"{approvals.Count} of {pending.ApprovalsRequired}{(pending.DistinctRoles ? ", each in a role of their own" : "")}{given}");
        }

        if (snapshot.Fault is { } fault)
        {
            output.WriteLine($"  {colour.Bad(fault)}");
            return;
        }

        output.WriteLine("  What the decision binds:");
        Snapshot.Print(output, snapshot.Value, "    ");
        Fact("Hash", pending.ContextSnapshotHash);
        output.WriteLine($"  {colour.Good("Computed on this machine: what you see is what the decision will bind.")}");
    }

    /// <summary>Prints what happened, entry by entry.</summary>
    public void Print(IReadOnlyList<HistoryEntry> entries)
    {
        output.WriteLine();
        var table = new Table(colour, new Column("#"), new Column("AT"), new Column("ENTRY", GivesWay: true), new Column("STATE"), new Column("REASON", GivesWay: true), new Column("HASH", GivesWay: true));
        foreach (var entry in entries)
        {
            var sequence = entry.Sequence.ToString(System.Globalization.CultureInfo.InvariantCulture);
            Cell state = entry.State is { } after ? StateWord.Of(after, colour) : "";
            table.Add(sequence, Moment.At(entry.At), WireName.Of(entry.Type), state, entry.Reason is { } reason ? WireName.Of(reason) : "", new Cell(entry.EntryHash, colour.Faint));
        }

        table.Write(output, Table.TerminalWidth());
    }

    /// <summary>Who decided what, and when.</summary>
    public static string Words(LastDecision last) =>
        $"{WireName.Of(last.DecisionType)} by {last.HumanActorId}{(last.Role is { } role ? $" as {role}" : "")}, {Moment.At(last.Timestamp)}";

    private void Fact(string name, string? text, Func<string, string>? paint = null)
    {
        if (text is not null)
        {
            var shown = Printable.Text(text);
            output.WriteLine($"  {colour.Faint(name.PadRight(NameWidth))}{paint?.Invoke(shown) ?? shown}");
        }
    }
}
