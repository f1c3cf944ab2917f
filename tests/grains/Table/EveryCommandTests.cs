using Gantral.Abstractions.Authority;
using Gantral.Abstractions.Commands;
using Gantral.Abstractions.Evidence;
using Gantral.Abstractions.Vocabulary;
using Gantral.Grains.Authority;
using Gantral.Lives;

namespace Gantral.Grains.Tests.Table;

/// <summary>Every state meets every command.</summary>
public sealed class EveryCommandTests
{
    // x is invalid_transition, - is nothing at all. 'late' is at the deadline: of the decision, and of taking it up.
    private const string Table = """
                           NONE              | CREATED                               | RUNNING                        | WAITING_FOR_HUMAN         | RESUMED                   | COMPLETED         | TERMINATED        | late WAITING_FOR_HUMAN        | late RESUMED
        create           : CREATED RUNNING   | x                                     | x                              | x                         | x                         | x                 | x                 | x                             | x
        create unstarted : CREATED           | x                                     | x                              | x                         | x                         | x                 | x                 | x                             | x
        start allow      : !not_found        | RUNNING                               | x                              | x                         | x                         | x                 | x                 | x                             | x
        start ask        : !not_found        | RUNNING WAITING_FOR_HUMAN             | x                              | x                         | x                         | x                 | x                 | x                             | x
        start deny       : !not_found        | RUNNING TERMINATED(POLICY_DENIED)     | x                              | x                         | x                         | x                 | x                 | x                             | x
        start unavailable: !not_found        | RUNNING TERMINATED(POLICY_UNAVAILABLE)| x                              | x                         | x                         | x                 | x                 | x                             | x
        start conflicting: !not_found        | RUNNING TERMINATED(CONFLICTING_POLICY)| x                              | x                         | x                         | x                 | x                 | x                             | x
        request allow    : !not_found        | x                                     | STEP_ALLOWED                   | x                         | x                         | x                 | x                 | x                             | x
        request ask      : !not_found        | x                                     | WAITING_FOR_HUMAN              | x                         | x                         | x                 | x                 | x                             | x
        request deny     : !not_found        | x                                     | TERMINATED(POLICY_DENIED)      | x                         | x                         | x                 | x                 | x                             | x
        request unavailable:!not_found       | x                                     | TERMINATED(POLICY_UNAVAILABLE) | x                         | x                         | x                 | x                 | x                             | x
        request conflicting:!not_found       | x                                     | TERMINATED(CONFLICTING_POLICY) | x                         | x                         | x                 | x                 | x                             | x
        request unknown  : !not_found        | x                                     | !unknown_step                  | x                         | x                         | x                 | x                 | x                             | x
        approve          : !not_found        | x                                     | x                              | APPROVED RESUMED          | x                         | x                 | x                 | TIMEOUT TERMINATED(TIMEOUT) x | x
        reject           : !not_found        | x                                     | x                              | REJECTED TERMINATED(REJECTED) | x                     | x                 | x                 | TIMEOUT TERMINATED(TIMEOUT) x | x
        override         : !not_found        | x                                     | x                              | OVERRIDDEN RESUMED        | x                         | x                 | x                 | TIMEOUT TERMINATED(TIMEOUT) x | x
        claim start      : !not_found        | x                                     | -                              | x                         | x                         | x                 | x                 | x                             | x
        claim resume     : !not_found        | x                                     | x                              | x                         | RUNNING                   | x                 | x                 | x                             | TERMINATED(APPROVAL_EXPIRED) x
        complete         : !not_found        | x                                     | COMPLETED                      | x                         | COMPLETED                 | x                 | x                 | x                             | TERMINATED(APPROVAL_EXPIRED) x
        complete noting  : !not_found        | x                                     | EVIDENCE_ATTACHED COST_RECORDED COMPLETED | x              | EVIDENCE_ATTACHED COST_RECORDED COMPLETED | x | x                 | x                             | TERMINATED(APPROVAL_EXPIRED) x
        fail             : !not_found        | x                                     | TERMINATED(AGENT_FAILED)       | TERMINATED(AGENT_FAILED)  | TERMINATED(AGENT_FAILED)  | x                 | x                 | TERMINATED(AGENT_FAILED)      | TERMINATED(AGENT_FAILED)
        fail noting      : !not_found        | x                                     | EVIDENCE_ATTACHED COST_RECORDED TERMINATED(AGENT_FAILED) | EVIDENCE_ATTACHED COST_RECORDED TERMINATED(AGENT_FAILED) | EVIDENCE_ATTACHED COST_RECORDED TERMINATED(AGENT_FAILED) | x | x | EVIDENCE_ATTACHED COST_RECORDED TERMINATED(AGENT_FAILED) | EVIDENCE_ATTACHED COST_RECORDED TERMINATED(AGENT_FAILED)
        suspend          : !not_found        | x                                     | SUSPENDED WAITING_FOR_HUMAN    | SUSPENDED                 | SUSPENDED                 | x                 | x                 | SUSPENDED                     | SUSPENDED
        suspend noting   : !not_found        | x                                     | EVIDENCE_ATTACHED COST_RECORDED SUSPENDED WAITING_FOR_HUMAN | EVIDENCE_ATTACHED COST_RECORDED SUSPENDED | EVIDENCE_ATTACHED COST_RECORDED SUSPENDED | x | x | EVIDENCE_ATTACHED COST_RECORDED SUSPENDED | EVIDENCE_ATTACHED COST_RECORDED SUSPENDED
        expire decision  : !not_found        | -                                     | -                              | -                         | -                         | -                 | -                 | TIMEOUT TERMINATED(TIMEOUT)   | -
        expire execution : !not_found        | -                                     | -                              | -                         | -                         | -                 | -                 | -                             | TERMINATED(APPROVAL_EXPIRED)
        expire lease     : !not_found        | -                                     | TERMINATED(RUNNER_LOST)        | -                         | -                         | -                 | -                 | -                             | -
        expire retention : !not_found        | x                                     | x                              | x                         | x                         | x                 | x                 | x                             | x
        cancel           : !not_found        | TERMINATED(CANCELLED)                 | TERMINATED(CANCELLED)          | TERMINATED(CANCELLED)     | TERMINATED(CANCELLED)     | x                 | x                 | TERMINATED(CANCELLED)         | TERMINATED(CANCELLED)
        attach           : !not_found        | EVIDENCE_ATTACHED                     | EVIDENCE_ATTACHED              | EVIDENCE_ATTACHED         | EVIDENCE_ATTACHED         | EVIDENCE_ATTACHED | EVIDENCE_ATTACHED | EVIDENCE_ATTACHED             | EVIDENCE_ATTACHED
        cost             : !not_found        | COST_RECORDED                         | COST_RECORDED                  | COST_RECORDED             | COST_RECORDED             | COST_RECORDED     | COST_RECORDED     | COST_RECORDED                 | COST_RECORDED
        redact           : !not_found        | x                                     | x                              | x                         | x                         | REDACTED          | REDACTED          | x                             | x
        redact a reason  : !not_found        | REDACTED                              | REDACTED                       | REDACTED                  | REDACTED                  | REDACTED          | REDACTED          | REDACTED                      | REDACTED
        redact as program: !not_found        | !not_human                            | !not_human                     | !not_human                | !not_human                | !not_human        | !not_human        | !not_human                    | !not_human
        redact nothing   : !not_found        | !invalid_body                         | !invalid_body                  | !invalid_body             | !invalid_body             | !invalid_body     | !invalid_body     | !invalid_body                 | !invalid_body
        fail evidence    : !not_found        | TERMINATED(EVIDENCE_FAILURE)          | TERMINATED(EVIDENCE_FAILURE)   | TERMINATED(EVIDENCE_FAILURE) | TERMINATED(EVIDENCE_FAILURE) | x           | x                 | TERMINATED(EVIDENCE_FAILURE)  | TERMINATED(EVIDENCE_FAILURE)
        """;

    private static readonly string[][] Rows = [.. Table.Split('\n').Select(line => line.Split('|', ':').Select(cell => cell.Trim()).ToArray())];

    public static TheoryData<string, string, string> EveryCell()
    {
        var cells = new TheoryData<string, string, string>();
        foreach (var row in Rows[1..])
        {
            Assert.Equal(Rows[0].Length + 1, row.Length);
            for (var column = 0; column < Rows[0].Length; column++)
            {
                cells.Add(Rows[0][column], row[0], row[column + 1]);
            }
        }

        return cells;
    }

    [Theory]
    [MemberData(nameof(EveryCell))]
    public void A_state_answers_a_command_as_the_table_says(string state, string command, string expected)
    {
        var life = Standing(state);
        var before = life.Instance;
        var at = life.Log.Now.Plus(TimeSpan.FromMilliseconds(250));
        var ruling = life.Rule(id => Asked.Commands[command](life, id));

        Assert.Equal(Spelled(expected), Said.Of(ruling));
        if (ruling.Entries.IsEmpty)
        {
            Assert.Same(before, ruling.Instance);
        }

        Assert.All(ruling.Entries, entry => Assert.Equal(at, entry.Entry.At));
        Assert.Equal((before?.Sequence ?? 0) + ruling.Entries.Length, ruling.Instance?.Sequence ?? 0);
    }

    [Fact]
    public void The_table_knows_every_command_and_every_state_that_an_instance_rests_in()
    {
        var life = Stage.Waiting();
        var types = Asked.Commands.Values.Select(command => command(life, Digest.Zero).GetType());
        Assert.Equal(
            typeof(Command).GetNestedTypes().Where(type => !type.IsAbstract).Select(type => type.Name).Order(StringComparer.Ordinal),
            types.Select(type => type.Name).Distinct().Order(StringComparer.Ordinal));
        Assert.Equal(Asked.Commands.Keys.Order(StringComparer.Ordinal), Rows[1..].Select(row => row[0]).Order(StringComparer.Ordinal));
        Assert.Equal(
            Enum.GetValues<ExecutionState>().Where(state => !StateMachine.IsPassing(state)).Select(WireName.Of).Order(StringComparer.Ordinal),
            Rows[0].Where(state => state != "NONE" && !state.StartsWith("late", StringComparison.Ordinal)).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void A_command_that_is_no_command_of_an_instance_is_a_programming_error()
    {
        var life = Stage.Running();
        Assert.Throws<InvalidOperationException>(() => AuthorityCore.Rule(life.Instance, new Foreign(), life.Terms, life.NewMoment()));
    }

    private sealed record Foreign() : Command(Life.Agent, Digest.Zero);

    private static string Spelled(string cell) =>
        string.Join(' ', cell.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(word => word == "x" ? "!invalid_transition" : word));

    private static Life Standing(string state) => state switch
    {
        "NONE" => Stage.Life(),
        "CREATED" => Stage.Created(),
        "RUNNING" => Stage.Running(),
        "WAITING_FOR_HUMAN" => Stage.Waiting(),
        "RESUMED" => Stage.Resumed(),
        "COMPLETED" => Stage.Completed(),
        "TERMINATED" => Stage.Terminated(),
        "late WAITING_FOR_HUMAN" => Stage.Waiting().Wait(Stage.HalfAnHour),
        "late RESUMED" => Stage.Resumed().Wait(Stage.TenMinutes),
        _ => throw new ArgumentException(state, nameof(state)),
    };
}
