using System.CommandLine;
using Gantral.Cli.Terminal;

namespace Gantral.Cli.Instances;

/// <summary>The instance that a command is about.</summary>
internal static class InstanceArgument
{
    /// <summary>Makes the argument.</summary>
    public static Argument<Guid> Create() => new("ID")
    {
        Description = "The instance, as gantral pending shows it.",
        CustomParser = result =>
        {
            var text = result.Tokens is [var only] ? only.Value : "";
            if (!Guid.TryParseExact(text, "D", out var id))
            {
                result.AddError($"the id of an instance looks like 01938c5e-7d1f-7f00-8000-6b1f9f1b2a3c; this is '{Printable.Text(text)}'");
            }

            return id;
        },
    };
}
