using Gantral.Abstractions.Refusals;
using Microsoft.AspNetCore.Http;

namespace Gantral.Silo.Gateway.Requests;

/// <summary>The query of something that is no list: the options that it knows, and each once.</summary>
internal sealed class OptionQuery
{
    private readonly IQueryCollection _query;
    private string? _fault;

    public OptionQuery(HttpRequest request, params ReadOnlySpan<string> known)
    {
        _query = request.Query;
        foreach (var (name, values) in _query)
        {
            if (!known.Contains(name))
            {
                _fault ??= $"'{(name.Length > 50 ? $"{name[..50]}…" : name)}' is not known here; {(known.IsEmpty ? "there are no parameters" : $"there is {string.Join(", ", known.ToArray())}")}";
            }
            else if (values.Count != 1)
            {
                _fault ??= $"'{name}' is given {values.Count} times; give it once";
            }
        }
    }

    /// <summary>What is wrong with it, if anything.</summary>
    public Refusal? Fault => _fault is null ? null : new Refusal(RefusalCode.InvalidBody, $"The query cannot be used: {_fault}.");

    /// <summary>Something that is wanted or not, and not unless it is said.</summary>
    public bool Flag(string name)
    {
        var value = _query.TryGetValue(name, out var values) && values is [{ } only] ? only : "false";
        if (value is not ("true" or "false"))
        {
            _fault ??= $"{name} must be true or false";
        }

        return value == "true";
    }
}
