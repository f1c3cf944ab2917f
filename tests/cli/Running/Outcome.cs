namespace Gantral.Cli.Tests.Running;

/// <summary>How a run of the command ended.</summary>
internal sealed record Outcome(int Status, string Output, string Error);
