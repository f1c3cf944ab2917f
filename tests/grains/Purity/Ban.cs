namespace Gantral.Grains.Tests.Purity;

/// <summary>The list of banned symbols, put to a compiled assembly. Overloads are not told apart: a banned one bans all.</summary>
internal static class Ban
{
    /// <summary>The lines of the list that the analyzer obeys.</summary>
    public static IReadOnlyList<string> Listed { get; } = Read();

    /// <summary>What an assembly names although it is banned.</summary>
    public static IReadOnlyList<string> Broken(CompiledAssembly assembly, IEnumerable<string> symbols) =>
        [.. symbols.SelectMany(symbol => Broken(assembly, symbol)).Distinct().Order(StringComparer.Ordinal)];

    private static IEnumerable<string> Broken(CompiledAssembly assembly, string symbol)
    {
        var name = symbol[2..].Split('(')[0];
        var (type, member) = (name[..name.LastIndexOf('.')], name[(name.LastIndexOf('.') + 1)..]);
        return symbol[0] switch
        {
            'N' => assembly.Types.Where(known => known.StartsWith($"{name}.", StringComparison.Ordinal)),
            'T' => assembly.Types.Where(known => known == name || known.StartsWith($"{name}+", StringComparison.Ordinal)),
            'P' => assembly.Members.Where(known => known == $"{type}.get_{member}" || known == $"{type}.set_{member}"),
            'M' => assembly.Members.Where(known => known == name),
            _ => throw new FormatException(symbol),
        };
    }

    private static string[] Read()
    {
        using var list = new StreamReader(typeof(Ban).Assembly.GetManifestResourceStream("BannedSymbols.txt")!);
        return [.. list.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(line => line.Split(';')[0])];
    }
}
