namespace Gantral.Client;

/// <summary>The body that says where evidence is held.</summary>
internal sealed record NewEvidence(IReadOnlyList<EvidenceReference> Evidence);
