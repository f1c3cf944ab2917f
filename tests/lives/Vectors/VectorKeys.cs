using System.Collections.Immutable;
using Gantral.Abstractions.Vocabulary;
using Gantral.Evidence.Log;
using Gantral.Evidence.Verification;

namespace Gantral.Lives.Vectors;

/// <summary>The keys of the vectors. They are public, private halves too, and sign nothing else.</summary>
public static class VectorKeys
{
    /// <summary>The log of the vectors.</summary>
    public const string Origin = "vectors.gantral.example/log/0";

    /// <summary>A second log beside it.</summary>
    public const string SecondOrigin = "vectors.gantral.example/log/1";

    /// <summary>The witness of the vectors.</summary>
    public const string WitnessName = "witness.example/w1";

    /// <summary>When every vector begins.</summary>
    public static Instant Start { get; } = Instant.From(new DateTimeOffset(2026, 3, 1, 9, 0, 0, TimeSpan.Zero));

    /// <summary>The folder of the vectors.</summary>
    public static string Folder { get; } = Path.Combine(Root(), "evidence", "vectors");

    /// <summary>Signs the log.</summary>
    public static LogSigner Signer { get; } = Load("signer", Origin);

    /// <summary>Signs the log after a rotation.</summary>
    public static LogSigner NextSigner { get; } = Load("next-signer", Origin);

    /// <summary>Signs the second log.</summary>
    public static LogSigner SecondSigner { get; } = Load("signer", SecondOrigin);

    /// <summary>A key that nobody trusts, under the log's name.</summary>
    public static LogSigner Foreign { get; } = Load("foreign", Origin);

    /// <summary>The witness.</summary>
    public static LogSigner Witness { get; } = Load("witness", WitnessName);

    /// <summary>What the auditor of most vectors trusts.</summary>
    public static TrustedKeys Trusted { get; } = new()
    {
        Logs = ImmutableSortedDictionary.Create<string, ImmutableArray<TrustedLogKey>>(StringComparer.Ordinal)
            .Add(Origin, [new TrustedLogKey(Signer.PublicKey, 1, null), new TrustedLogKey(NextSigner.PublicKey, 6, null)])
            .Add(SecondOrigin, [new TrustedLogKey(SecondSigner.PublicKey, 1, null)]),
        Witnesses = [Witness.PublicKey],
    };

    /// <summary>A new log on paper.</summary>
    public static PaperLog NewLog() => new(Origin, Signer, Start);

    private static LogSigner Load(string file, string name)
    {
        var path = Path.Combine(Folder, "keys", $"{file}.pem");
        if (!File.Exists(path))
        {
            using var fresh = LogSigner.Create(name);
            File.WriteAllText(path, fresh.ExportPem() + "\n");
        }

        return LogSigner.TryFromPem(name, File.ReadAllText(path), out var signer, out var fault) ? signer : throw new InvalidOperationException(fault);
    }

    private static string Root()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Gantral.sln")))
        {
            folder = folder.Parent;
        }

        return folder?.FullName ?? throw new InvalidOperationException("The vectors are read from a checkout of the repository.");
    }
}
