using Gantral.Abstractions.Policy;
using Gantral.Evidence.Json;
using Gantral.Grains.Definitions;

namespace Gantral.Grains.Policies;

/// <summary>
/// Reads what a service answered, as strictly as a definition is read: a name that stands twice, a field that nobody
/// knows or a word that is no decision makes it no answer at all, and one that could never be acted on a contradiction.
/// </summary>
public static class AnswerReader
{
    /// <summary>How many bytes an answer may have.</summary>
    public const int MostBytes = 64 * 1024;

    private static readonly JsonLimits Limits = new() { MaxBytes = MostBytes };

    /// <summary>The answer, or <see cref="PolicyAnswer.Unavailable"/> for what is none.</summary>
    public static PolicyAnswer Read(HttpShape shape, ReadOnlySpan<byte> body)
    {
        if (!CanonicalJson.TryCanonicalize(body, Limits, out var json, out _))
        {
            return new PolicyAnswer.Unavailable();
        }

        var faults = new DefinitionFaults();
        var whole = new DefinitionNode(faults, "", json.Memory);

        // What else the data API says, a decision's id or metrics, is about the answer and not part of it.
        var fields = shape == HttpShape.Opa ? whole.Fields().Required("result").Fields() : whole.Fields();
        var advice = AdviceReader.Read(fields);
        fields.End();
        return faults.First is not null ? new PolicyAnswer.Unavailable()
            : AdviceReader.Contradiction(advice) is not null ? new PolicyAnswer.Conflicting()
            : new PolicyAnswer.Advised(advice);
    }
}
