using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Gantral.Silo.Schema;

/// <summary>One step of the schema, forward only, frozen once it was released.</summary>
/// <param name="Number">Its place in the order.</param>
/// <param name="Name">The name of its file.</param>
/// <param name="Sql">What it does.</param>
internal sealed record Migration(int Number, string Name, string Sql)
{
    /// <summary>Every migration of this release, in order.</summary>
    public static IReadOnlyList<Migration> All { get; } = ReadAll();

    /// <summary>The hash of the text: a file that was edited after it was applied is noticed.</summary>
    public string Hash { get; } = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Sql)));

    private static Migration[] ReadAll()
    {
        var assembly = typeof(Migration).Assembly;
        return [.. assembly.GetManifestResourceNames().Where(name => name.EndsWith(".sql", StringComparison.Ordinal)).Order(StringComparer.Ordinal).Select(Read)];

        Migration Read(string name)
        {
            using var text = new StreamReader(assembly.GetManifestResourceStream(name)!);
            return new Migration(int.Parse(name[..name.IndexOf('_', StringComparison.Ordinal)], NumberStyles.None, CultureInfo.InvariantCulture), name, text.ReadToEnd());
        }
    }
}
