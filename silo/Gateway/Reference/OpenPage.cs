namespace Gantral.Silo.Gateway.Reference;

/// <summary>A page that anybody may read: it needs no token, so nothing of any team is on it.</summary>
/// <param name="Path">Its path.</param>
/// <param name="Described">What it says of itself.</param>
internal sealed record OpenPage(string Path, Described Described);
