namespace Gantral.Evidence.Json;

/// <summary>A member as it lies in the output (from its quote to the end of its value) and where its name was read.</summary>
internal readonly record struct ObjectMember(int Start, int NameLength, int End, int InputOffset)
{
    public int NameStart => Start + 1;

    public ReadOnlySpan<byte> Name(ReadOnlySpan<byte> output) => output.Slice(NameStart, NameLength);
}
