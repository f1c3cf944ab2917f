namespace Gantral.Silo.Gateway.Reference;

/// <summary>A part of a path that varies.</summary>
/// <param name="Name">Its name in the path.</param>
/// <param name="Form">What it looks like.</param>
/// <param name="Text">What it names.</param>
/// <param name="Sample">The one that examples use.</param>
internal sealed record PathPart(string Name, Form Form, string Text, string Sample);
