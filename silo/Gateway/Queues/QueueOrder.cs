namespace Gantral.Silo.Gateway.Queues;

/// <summary>What an operator said about a queue.</summary>
/// <param name="State">Whether work is handed out.</param>
/// <param name="MostAtOnce">How many processes may be at work at a time; as many as like, if not said.</param>
internal sealed record QueueOrder(QueueState State, int? MostAtOnce)
{
    /// <summary>What holds where nothing was said.</summary>
    public static QueueOrder Usual { get; } = new(QueueState.Open, null);
}
