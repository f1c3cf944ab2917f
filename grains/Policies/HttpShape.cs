using Gantral.Abstractions.Vocabulary;

namespace Gantral.Grains.Policies;

/// <summary>How a service is asked over HTTP, and how it answers.</summary>
[LowerCaseNames]
public enum HttpShape
{
    /// <summary>The question is posted as it is, and the answer comes as it is.</summary>
    Gantral,

    /// <summary>The data API of Open Policy Agent: the question stands under <c>input</c>, the answer under <c>result</c>.</summary>
    Opa,
}
