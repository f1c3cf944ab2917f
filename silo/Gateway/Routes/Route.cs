using Gantral.Silo.Gateway.Answers;
using Gantral.Silo.Gateway.Reference;
using Gantral.Silo.Gateway.Requests;

namespace Gantral.Silo.Gateway.Routes;

/// <summary>One operation of the API.</summary>
/// <param name="Method">Its method.</param>
/// <param name="Path">Its path, with names for the parts that vary.</param>
/// <param name="Access">Who may call it.</param>
/// <param name="Carry">What carries it out.</param>
/// <param name="Described">What it says of itself; see <see cref="Reference.Described"/> for how to add one.</param>
internal sealed record Route(string Method, string Path, Access Access, Func<ApiRequest, ValueTask<Answer>> Carry, Described Described)
{
    /// <summary>Whether whoever calls proves by a signature who it is, and not by a token.</summary>
    public bool IsSigned => Access == Access.Signature;

    /// <summary>Whether it may change something, and so takes a body and a key.</summary>
    public bool IsPost => Method == "POST";

    /// <summary>Whether the operation reads the body itself, as it comes, because it is no JSON and may be large.</summary>
    public bool ReadsBody { get; init; }

    /// <summary>Whether it may wait or stream for as long as its caller likes: then no time-out ends it, and it has places of its own.</summary>
    public bool TakesLong { get; init; }
}
