namespace Gantral.Client.Connection;

/// <summary>What of a problem's details is of use here.</summary>
internal sealed record ProblemDetails(string? Code, string? Detail, string? TraceId);
