namespace Gantral.Evidence.Json;

/// <summary>Sorts members by name, and the same name by where it was read, so that the order never depends on the sort.</summary>
internal readonly struct ObjectMemberOrder(byte[] output) : IComparer<ObjectMember>
{
    public int Compare(ObjectMember x, ObjectMember y)
    {
        var order = NameOrder.Compare(x.Name(output), y.Name(output));
        return order != 0 ? order : x.InputOffset - y.InputOffset;
    }
}
