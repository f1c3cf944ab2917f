using System.Runtime.InteropServices;

namespace Gantral.Evidence.Json;

/// <summary>The members of every object still open, outermost first, and the sorting of the innermost.</summary>
internal sealed class ObjectMembers
{
    private readonly List<ObjectMember> _open = [];
    private GrowingBytes? _sorted;

    public int Count => _open.Count;

    public ObjectMember Last => _open[^1];

    public void Add(ObjectMember member) => _open.Add(member);

    /// <summary>Forgets the innermost object, whose members begin at <paramref name="first"/>.</summary>
    public void Close(int first) => _open.RemoveRange(first, _open.Count - first);

    /// <summary>Puts the innermost object's members in order; false, with the repeated member, if a name occurs twice.</summary>
    public bool TrySort(int first, GrowingBytes output, out ObjectMember repeated)
    {
        var members = CollectionsMarshal.AsSpan(_open)[first..];
        var start = members[0].Start;
        members.Sort(new ObjectMemberOrder(output.Store));
        if (HasRepeated(members, output.Written, out repeated))
        {
            return false;
        }

        _sorted ??= new GrowingBytes(output.Length - start);
        _sorted.Clear();
        foreach (var member in members)
        {
            if (_sorted.Length > 0)
            {
                _sorted.Add((byte)',');
            }

            _sorted.Add(output.Written[member.Start..member.End]);
        }

        _sorted.Written.CopyTo(output.Store.AsSpan(start));
        return true;
    }

    /// <summary>The repetition that a reader of the text would meet first.</summary>
    private static bool HasRepeated(ReadOnlySpan<ObjectMember> sorted, ReadOnlySpan<byte> output, out ObjectMember repeated)
    {
        repeated = default;
        for (var i = 1; i < sorted.Length; i++)
        {
            if (sorted[i].Name(output).SequenceEqual(sorted[i - 1].Name(output))
                && (repeated == default || sorted[i].InputOffset < repeated.InputOffset))
            {
                repeated = sorted[i];
            }
        }

        return repeated != default;
    }
}
