namespace Gantral.Silo.Gateway.Reference;

/// <summary>What a real silo answered to an example, with the ids and times of <see cref="Sample"/>. A test records it and holds it to that.</summary>
internal static class RecordedAnswer
{
    /// <summary>The name of its file.</summary>
    public static string FileName(Described described, Example example) => $"{described.Id}.{example.Name}.txt";

    /// <summary>The answer; none where it is not text.</summary>
    public static string? Of(Described described, Example example)
    {
        using var stream = typeof(RecordedAnswer).Assembly.GetManifestResourceStream($"recorded/{FileName(described, example)}");
        if (stream is null)
        {
            return null;
        }

        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
