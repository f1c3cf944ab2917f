namespace Gantral.Evidence.Entries;

/// <summary>Why bytes are not an entry.</summary>
/// <param name="Reason">What is wrong with them.</param>
/// <param name="UnknownFormat">Whether they are of another version of the format, which this reader cannot judge.</param>
public readonly record struct EntryFault(string Reason, bool UnknownFormat);
