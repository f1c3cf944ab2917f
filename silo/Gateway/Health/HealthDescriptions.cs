using Gantral.Silo.Gateway.Reference;

namespace Gantral.Silo.Gateway.Health;

/// <summary>What <see cref="HealthPages"/> say, for whoever watches a silo.</summary>
internal static class HealthDescriptions
{
    private const string Tag = "Health";

    private static readonly Shape Live = new("Liveness", "The process serves.",
        new Field("status", Form.Const("live"), "Always the same."));

    private static readonly Shape Check = new("ReadinessCheck", "Something that must hold.",
        new Field("name", Form.Text(), "Its name."),
        new Field("ok", Form.Flag, "Whether it holds."),
        new Field("detail", Form.Text().OrNull, "What does not hold."));

    private static readonly Shape Ready = new("Readiness", "Whether requests should be sent to this silo.",
        new Field("status", Form.OneOf("ready", "not_ready"), "Whether they should."),
        new Field("checks", Form.ListOf(Check.Form), "What must hold."));

    public static Described IsLive { get; } = new("get_liveness", Tag, "Ask whether the process serves")
    {
        Text = "Answers as long as the process serves.",
        Answers = [DescribedAnswer.Ok(Live.Form, "It does.")],
        Examples = [new("live", "It does")],
    };

    public static Described IsReady { get; } = new("get_readiness", Tag, "Ask whether to send requests here")
    {
        Text = "Says what must hold before requests are sent to this silo, and what does not.",
        Answers = [DescribedAnswer.Ok(Ready.Form, "All of it holds."), DescribedAnswer.Ok(Ready.Form, "Something does not hold.") with { Status = 503 }],
        Examples = [new("ready", "All of it holds")],
    };
}
