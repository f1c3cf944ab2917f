namespace Gantral.Client;

/// <summary>A signature beside a log's own.</summary>
internal sealed record NewCosignature(long Size, string Signature);
