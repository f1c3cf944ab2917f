namespace Gantral.Client;

/// <summary>A body that says nothing.</summary>
internal sealed record NoFields;
