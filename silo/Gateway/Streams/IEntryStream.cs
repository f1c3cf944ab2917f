using Gantral.Silo.Streams;

namespace Gantral.Silo.Gateway.Streams;

/// <summary>Entries that one caller follows, in the order of each log: none missing, none twice.</summary>
internal interface IEntryStream : IDisposable
{
    /// <summary>The text of the place up to which everything was handed out; whoever goes on from it misses nothing.</summary>
    byte[] Place { get; }

    /// <summary>Cancelled when the caller takes too little of what comes, and must come again.</summary>
    CancellationToken CutOff { get; }

    /// <summary>What comes next, each with the text of the place after it. Nothing, when the patience ends or when much was looked at that the filter does not let pass.</summary>
    Task<IReadOnlyList<(StreamedEntry Entry, byte[] Place)>> NextAsync(TimeSpan patience, CancellationToken cancellation);
}
