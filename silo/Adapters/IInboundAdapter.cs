namespace Gantral.Silo.Adapters;

/// <summary>Understands the messages of one other system: whether it sent them, and what kind they are. What is done about them is not its business.</summary>
internal interface IInboundAdapter
{
    /// <summary>A message that proves by one of the secrets who sent it; none otherwise.</summary>
    InboundMessage? Read(InboundRequest request, IReadOnlyList<string> secrets);
}
