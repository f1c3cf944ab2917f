using Gantral.Abstractions.Evidence;

namespace Gantral.Abstractions.Authority;

/// <summary>A setting, and the hash of the entry that gave it the value it had.</summary>
public sealed record SettingReference(string SettingId, Digest EntryHash);
