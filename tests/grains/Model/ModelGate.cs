namespace Gantral.Grains.Tests.Model;

/// <summary>A question to people, as the model remembers it.</summary>
internal sealed class ModelGate
{
    public required string[] Eligible { get; set; }

    public required string[] Escalation { get; set; }

    public required string AskedBy { get; init; }

    public required int Needed { get; init; }

    public required bool Distinct { get; init; }

    public required long? Timeout { get; init; }

    public required bool Escalates { get; set; }

    public required long? Within { get; init; }

    public long? DecideBy { get; set; }

    public SortedDictionary<string, int>? Shown { get; set; }

    public List<(string Who, string? For, string Role)> Approvals { get; } = [];
}
