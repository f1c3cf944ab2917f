using Gantral.Silo.Hosting;
using Microsoft.Extensions.Configuration;

namespace Gantral.Silo.Identity.Federation;

/// <summary>
/// One section of settings in which every word counts: a setting that is not understood stops the start, for a misspelt
/// limit would be none. Case and underscores do not count, so <c>ca_file</c> is <c>CaFile</c>.
/// </summary>
internal sealed class IssuerSection
{
    private readonly string _path;
    private readonly Dictionary<string, IConfigurationSection> _left = new(StringComparer.OrdinalIgnoreCase);

    public IssuerSection(IConfigurationSection section)
    {
        _path = section.Path;
        foreach (var child in section.GetChildren())
        {
            if (!_left.TryAdd(child.Key.Replace("_", "", StringComparison.Ordinal), child))
            {
                throw Refuse(child.Key, "is given twice, in two spellings; leave one");
            }
        }
    }

    /// <summary>What the operator calls it.</summary>
    public string Name => _path[(_path.LastIndexOf(':') + 1)..];

    /// <summary>A text, if it is given.</summary>
    public string? Text(string name)
    {
        if (!_left.Remove(name, out var child))
        {
            return null;
        }

        return child.GetChildren().Any() ? throw Refuse(name, "must be one text") : child.Value is { } text && !string.IsNullOrWhiteSpace(text) ? text.Trim() : null;
    }

    /// <summary>A text that must be given.</summary>
    public string Needed(string name, string why) => Text(name) ?? throw Refuse(name, $"is missing: {why}");

    /// <summary>A list, written as one or with commas between; none where it is not given.</summary>
    public string[]? List(string name)
    {
        if (!_left.Remove(name, out var child))
        {
            return null;
        }

        string[] words = child.Value is { } text ? text.Split(',', StringSplitOptions.TrimEntries) : [.. child.GetChildren().Select(one => one.Value?.Trim() ?? "")];
        return words.Length == 0 || words.Contains("") ? throw Refuse(name, "must be a list of names, none of them empty") : words;
    }

    /// <summary>A section within.</summary>
    public IssuerSection? Within(string name) => _left.Remove(name, out var child) ? new(child) : null;

    /// <summary>The sections of a list of sections.</summary>
    public IEnumerable<IssuerSection> Each(string name) => _left.Remove(name, out var child) ? child.GetChildren().Select(one => new IssuerSection(one)) : [];

    /// <summary>Refuses what nobody has read.</summary>
    public void End()
    {
        if (_left.Count > 0)
        {
            throw Refuse(_left.First().Value.Key, "is not known; the settings of an issuer are in docs/security.md");
        }
    }

    /// <summary>A refusal that names its place.</summary>
    public ConfigurationRefusedException Refuse(string name, string what) => new($"{_path}:{name} {what}.");
}
