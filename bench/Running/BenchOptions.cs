using System.Diagnostics.CodeAnalysis;

namespace Gantral.Bench.Running;

/// <summary>What the command line asks for.</summary>
/// <param name="Quick">Whether less is measured, in under two minutes.</param>
/// <param name="Case">The only case to run.</param>
/// <param name="Json">Whether the result is for a machine.</param>
/// <param name="Html">Where a page of the result is written too.</param>
internal sealed record BenchOptions(bool Quick, string? Case, bool Json, string? Html)
{
    /// <summary>Reads a command line, or says what is wrong with it.</summary>
    public static bool TryParse(string[] args, [NotNullWhen(true)] out BenchOptions? options, [NotNullWhen(false)] out string? fault)
    {
        var read = new BenchOptions(false, null, false, null);
        (options, fault) = (null, null);
        for (var i = 0; i < args.Length; i++)
        {
            switch (args[i])
            {
                case "--quick":
                    read = read with { Quick = true };
                    break;
                case "--json":
                    read = read with { Json = true };
                    break;
                case "--case" when i + 1 < args.Length:
                    read = read with { Case = args[++i] };
                    break;
                case "--html" when i + 1 < args.Length:
                    read = read with { Html = args[++i] };
                    break;
                default:
                    fault = $"'{args[i]}' was not understood.";
                    return false;
            }
        }

        options = read;
        return true;
    }
}
