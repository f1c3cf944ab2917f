namespace Gantral.Silo.Gateway.Reference;

/// <summary>A parameter of a query. None has to be given.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Form">What it looks like.</param>
/// <param name="Text">What it does.</param>
/// <param name="Sample">One that can be sent.</param>
internal sealed record Parameter(string Name, Form Form, string Text, string Sample);
