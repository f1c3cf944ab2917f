namespace Gantral.Grains.Definitions;

/// <summary>The first fault of a definition. After it every answer is empty and nothing more is recorded.</summary>
internal sealed class DefinitionFaults
{
    /// <summary>What is wrong and where, or nothing so far.</summary>
    public string? First { get; private set; }

    /// <summary>Records a fault, if it is the first.</summary>
    /// <param name="path">The field, such as <c>rules[1].when.context.amount</c>; empty for the whole.</param>
    /// <param name="fault">What is wrong with it, to be read after the path.</param>
    public void Add(string path, string fault) => First ??= $"{(path.Length == 0 ? "The definition" : path)} {fault}.";
}
