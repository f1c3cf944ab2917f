namespace Gantral.Client;

/// <summary>Where something is held, and its hash. What it refers to is never sent.</summary>
/// <param name="Ref">Where it is, such as <c>s3://bucket/plan.log</c>.</param>
/// <param name="Hash"><c>sha256:</c> and 64 hexadecimal digits.</param>
public sealed record EvidenceReference(string Ref, string Hash);
