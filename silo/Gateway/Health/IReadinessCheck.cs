namespace Gantral.Silo.Gateway.Health;

/// <summary>Something that must hold before requests are sent to this silo.</summary>
internal interface IReadinessCheck
{
    /// <summary>Its name, such as <c>ledger</c>.</summary>
    string Name { get; }

    /// <summary>Nothing when it holds; else a sentence that says what does not, without secrets: anybody may read it.</summary>
    ValueTask<string?> FaultAsync(CancellationToken cancellation);
}
