namespace Gantral.Evidence.Bundles;

/// <summary>Why a line is none of a bundle.</summary>
internal readonly record struct LineFault(string Reason, bool UnknownFormat);
