using Gantral.Abstractions.Evidence;

namespace Gantral.Evidence.Json;

/// <summary>JSON Merge Patch (RFC 7396) on canonical values: both are sorted, so one pass over each is enough.</summary>
public static class MergePatch
{
    /// <summary>The target with the patch applied, canonical again. It is no deeper than the deeper of the two.</summary>
    public static CanonicalBytes Apply(CanonicalBytes target, CanonicalBytes patch)
    {
        var limits = new JsonLimits { MaxBytes = int.MaxValue };
        var targetReader = new CanonicalReader(target.Span, limits);
        var patchReader = new CanonicalReader(patch.Span, limits);
        var output = new CanonicalWriter();
        Merge(ref targetReader, ref patchReader, output);
        return output.ToCanonicalBytes();
    }

    /// <summary>Writes the value that the patch's next value makes of the target's next value.</summary>
    private static void Merge(ref CanonicalReader target, ref CanonicalReader patch, CanonicalWriter output)
    {
        if (patch.Next != '{')
        {
            Skip(ref target);
            output.CheckedValue(Skip(ref patch));
            return;
        }

        // A patch that is an object treats every other kind of target as an empty object.
        var targetIsObject = target.Next == '{';
        if (targetIsObject)
        {
            Advance(ref target);
        }
        else
        {
            Skip(ref target);
        }

        Advance(ref patch);
        output.BeginObject();
        MergeMembers(ref target, targetIsObject, ref patch, output);
        output.EndObject();
    }

    private static void MergeMembers(
        ref CanonicalReader target, bool targetIsObject, ref CanonicalReader patch, CanonicalWriter output)
    {
        var hasTarget = targetIsObject && NextName(ref target);
        var hasPatch = NextName(ref patch);
        while (hasTarget || hasPatch)
        {
            var order = !hasTarget ? 1 : !hasPatch ? -1 : NameOrder.Compare(target.Raw, patch.Raw);
            if (order < 0)
            {
                output.EscapedName(target.Raw);
                output.CheckedValue(Skip(ref target));
            }
            else if (patch.Next == 'n')
            {
                Skip(ref patch);
                if (order == 0)
                {
                    Skip(ref target);
                }
            }
            else
            {
                output.EscapedName(patch.Raw);
                if (order == 0)
                {
                    Merge(ref target, ref patch, output);
                }
                else
                {
                    Add(ref patch, output);
                }
            }

            hasTarget = order <= 0 ? NextName(ref target) : hasTarget;
            hasPatch = order >= 0 ? NextName(ref patch) : hasPatch;
        }
    }

    /// <summary>Writes what the patch's next value makes of nothing: itself, without the members that say null.</summary>
    private static void Add(ref CanonicalReader patch, CanonicalWriter output)
    {
        var nothing = new CanonicalReader("null"u8);
        Merge(ref nothing, ref patch, output);
    }

    private static bool NextName(ref CanonicalReader reader)
    {
        Advance(ref reader);
        return reader.Token == JsonToken.Name;
    }

    private static void Advance(ref CanonicalReader reader)
    {
        if (!reader.Read())
        {
            throw new JsonRefusedException(reader.Fault);
        }
    }

    private static ReadOnlySpan<byte> Skip(ref CanonicalReader reader) =>
        reader.TrySkip(out var value) ? value : throw new JsonRefusedException(reader.Fault);
}
