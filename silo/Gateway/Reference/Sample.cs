using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Gantral.Silo.Gateway.Reference;

/// <summary>The ids, hashes and times in examples: always the same ones, whatever a silo made up when they were recorded.</summary>
internal static class Sample
{
    /// <summary>A moment in the past.</summary>
    public const string Time = "2026-03-04T05:06:07.890Z";

    /// <summary>Half an hour later.</summary>
    public const string Deadline = "2026-03-04T05:36:07.890Z";

    /// <summary>A moment that is to come.</summary>
    public const string Until = "2026-03-05T00:00:00.000Z";

    /// <summary>Where a page ended.</summary>
    public const string Cursor = "MDE5ODAwMDA";

    /// <summary>16 bytes of salt.</summary>
    public const string Salt = "000102030405060708090a0b0c0d0e0f";

    /// <summary>A public key.</summary>
    public const string Key = "MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAE";

    /// <summary>The first instance of the examples, whose life is told to its end.</summary>
    public static string Instance { get; } = Id("instance_id", 1);

    /// <summary>The second, which is created without being started.</summary>
    public static string Other { get; } = Id("instance_id", 2);

    /// <summary>What a person was shown.</summary>
    public static string Shown { get; } = Hash("context_snapshot_hash", 1);

    /// <summary>The n-th id that a field of this name had.</summary>
    public static string Id(string field, int number)
    {
        var bytes = SHA256.HashData(Encoding.UTF8.GetBytes(field));
        return $"01980000-0000-7000-8000-{BinaryPrimitives.ReadUInt32BigEndian(bytes):x8}{number:x4}";
    }

    /// <summary>The n-th hash that a field of this name had.</summary>
    public static string Hash(string field, int number) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{field} {number}")));
}
