namespace Gantral.Client;

/// <summary>The body of a replay.</summary>
internal sealed record ReplayFrom(DateTimeOffset? Since, int? LogId, long? Position);
