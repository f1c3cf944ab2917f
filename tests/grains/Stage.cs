using System.Text;
using Gantral.Abstractions.Authority;
using Gantral.Abstractions.Commands;
using Gantral.Abstractions.Evidence;
using Gantral.Abstractions.Policy;
using Gantral.Abstractions.Vocabulary;
using Gantral.Evidence.Log;
using Gantral.Grains.Authority;
using Gantral.Lives;

namespace Gantral.Grains.Tests;

/// <summary>Lives brought to where a test begins, on a log and a clock of their own.</summary>
internal static class Stage
{
    private static readonly LogSigner Signer = LogSigner.Create("gantral.example/log/0");

    /// <summary>How long people have at the gates of this stage.</summary>
    public static readonly TimeSpan HalfAnHour = TimeSpan.FromMinutes(30);

    /// <summary>How long an approval waits at the gates of this stage.</summary>
    public static readonly TimeSpan TenMinutes = TimeSpan.FromMinutes(10);

    /// <summary>One unit of an instant.</summary>
    public static readonly TimeSpan Millisecond = TimeSpan.FromMilliseconds(1);

    /// <summary>A fresh log on a fixed morning.</summary>
    public static PaperLog Log() => new(Signer.Name, Signer, Time("2026-03-01T09:00:00.000Z"));

    public static Instant Time(string text) => Instant.TryParse(text, out var instant) ? instant : throw new FormatException(text);

    /// <summary>A life that has not begun.</summary>
    public static Life Life(Mode mode = Mode.Enforce, Materiality materiality = Materiality.High, WorkflowTerms? terms = null)
    {
        var life = new Life(Log(), "life", mode, materiality);
        return terms is null ? life : new Life(Log(), "life", mode, materiality) { Terms = terms };
    }

    public static Life Created() => Life().Create(null);

    public static Life Running(Mode mode = Mode.Enforce) => Life(mode).Create(Lives.Life.Allow);

    /// <summary>An instance that waits at the step 'deploy'.</summary>
    public static Life Waiting(PolicyAnswer? ask = null) => Running().Request(ask ?? Lives.Life.Ask(HalfAnHour, executeWithin: TenMinutes));

    public static Life Resumed() => Waiting().Decide("alice", DecisionType.Approve);

    public static Life Completed() => Running().Complete();

    public static Life Terminated() => Running().Do(id => new Command.Cancel(Lives.Life.Agent, id, null));

    /// <summary>What comes of a command, in a line.</summary>
    public static string Says(this Life life, Func<Digest, Command> command) => Said.Of(life.Rule(command));

    /// <summary>Rules at exactly this instant, whatever the clock showed before.</summary>
    public static Ruling RuleAt(this Life life, Instant at, Func<Digest, Command> command)
    {
        // A life lets a quarter of a second pass before each command.
        life.Log.Now = new Instant(at.UnixMilliseconds - 250);
        var ruling = life.Rule(command);
        Assert.Equal(at, life.Log.Now);
        return ruling;
    }

    public static string SaysAt(this Life life, Instant at, Func<Digest, Command> command) => Said.Of(life.RuleAt(at, command));

    /// <summary>When the pending gate closes.</summary>
    public static Instant DecideBy(this Life life) => life.Instance!.Pending!.Request.DecideBy!.Value;

    /// <summary>The private text of an entry, as it was committed.</summary>
    public static string? Payload(this Ruling ruling, EventType type, string name) =>
        ruling.Entries.Single(entry => entry.Entry.Type == type).Payload.SingleOrDefault(field => field.Name == name) is { } field
            ? Encoding.UTF8.GetString(field.Value.Span)
            : null;

    /// <summary>That a refused command changed nothing, down to the very instance.</summary>
    public static void RefusesWithoutTrace(this Life life, string code, Func<Digest, Command> command)
    {
        var before = life.Instance;
        var positions = life.Log.Entries.Count;
        var ruling = life.Rule(command);
        Assert.Equal($"!{code}", Said.Of(ruling));
        Assert.Same(before, ruling.Instance);
        Assert.Equal(positions, life.Log.Entries.Count);
        Assert.NotEmpty(ruling.Refusal!.Message);
    }
}
