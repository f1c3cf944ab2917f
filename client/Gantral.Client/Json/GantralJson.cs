using System.Text.Json;

namespace Gantral.Client.Json;

/// <summary>Answers as the JSON of the API, for programs that hand them on.</summary>
public static class GantralJson
{
    /// <summary>An answer, on one line and in ASCII.</summary>
    public static string Of<T>(T answer) where T : class => JsonSerializer.Serialize(answer, typeof(T), ClientJson.Default);
}
