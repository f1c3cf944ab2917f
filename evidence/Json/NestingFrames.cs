using System.Runtime.CompilerServices;

namespace Gantral.Evidence.Json;

/// <summary>Room for every object and array that may be open at once, without touching the heap.</summary>
[InlineArray(JsonLimits.GreatestDepth)]
internal struct NestingFrames
{
    private NestingFrame _first;
}
