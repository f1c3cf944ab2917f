using System.Collections.Immutable;

namespace Gantral.Evidence.Verification;

/// <summary>The instances that a report names. A log may have millions, and those that are not VALID must not be lost among them.</summary>
internal sealed class NamedInstances(int most)
{
    private readonly List<InstanceReport> _valid = [];
    private readonly List<InstanceReport> _others = [];

    /// <summary>Takes the next instance.</summary>
    public void Add(InstanceReport instance)
    {
        var list = instance.Verdict == Verdict.Valid ? _valid : _others;
        if (list.Count < most)
        {
            list.Add(instance);
        }
    }

    /// <summary>As many as there is room for.</summary>
    public ImmutableArray<InstanceReport> ToImmutable() => [.. _others.Concat(_valid).Take(most)];
}
