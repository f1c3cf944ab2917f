using Gantral.Abstractions.Grains;
using Gantral.Abstractions.Vocabulary;
using Gantral.Grains.Instances;

namespace Gantral.Grains.Tests.Simulation;

/// <summary>Something that a client asks, perhaps several times under one key.</summary>
/// <param name="Name">What it is, for whoever reads a failure.</param>
/// <param name="Key">Its key.</param>
/// <param name="InstanceId">Of which instance; a creation has a fresh one each time.</param>
/// <param name="Request">The request.</param>
internal sealed record Operation(string Name, CommandKey Key, Func<Guid> InstanceId, Func<InstanceGrain, ValueTask<Reply>> Request)
{
    /// <summary>What it was answered.</summary>
    public List<Reply> Replies { get; } = [];

    /// <summary>How often nobody answered, because the silo died.</summary>
    public int Unanswered { get; set; }

    /// <summary>The first answer that says that something was committed.</summary>
    public Reply? Acknowledged => Replies.FirstOrDefault(reply => reply is { Refusal: null, Entries.IsEmpty: false });

    public override string ToString() => $"{Name}: {string.Join(", ", Replies.Select(Say))}{(Unanswered > 0 ? $" and {Unanswered} unanswered" : "")}";

    private static string Say(Reply reply) => reply.Refusal is { } refusal ? $"!{WireName.Of(refusal.Code)}" : $"{reply.Entries.Length} entries";
}
