namespace Gantral.Silo.Gateway.Reference;

/// <summary>A field of an object.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Form">What it looks like.</param>
/// <param name="Text">What it says.</param>
internal sealed record Field(string Name, Form Form, string Text)
{
    /// <summary>Whether it is always there.</summary>
    public bool IsRequired { get; private init; } = true;

    /// <summary>One that may be left out.</summary>
    public static Field Optional(string name, Form form, string text) => new(name, form, text) { IsRequired = false };

    /// <summary>One that may be left out or null, which is the same.</summary>
    public static Field Maybe(string name, Form form, string text) => Optional(name, form.OrNull, text);
}
