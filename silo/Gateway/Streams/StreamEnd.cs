using System.Text;

namespace Gantral.Silo.Gateway.Streams;

/// <summary>The last event of a stream that the silo ends. The reasons are part of the API and never change.</summary>
internal static class StreamEnd
{
    public static byte[] TokenExpired { get; } = Event("token_expired", "Your token is not valid any more; get another one and go on from the last id.");

    public static byte[] Stopping { get; } = Event("stopping", "This silo stops; connect again and go on from the last id.");

    public static byte[] StorageAway { get; } = Event("storage_unavailable", "What happened before cannot be read now; connect again in a moment and go on from the last id.");

    private static byte[] Event(string reason, string detail) => Encoding.UTF8.GetBytes($$"""
        event: end
        data: {"reason":"{{reason}}","detail":"{{detail}}"}


        """.ReplaceLineEndings("\n"));
}
