namespace Gantral.Silo.Gateway.Queues;

/// <summary>How long work may be a runner's own without a word from it.</summary>
internal static class LeaseTimes
{
    public static readonly TimeSpan Shortest = TimeSpan.FromSeconds(1);
    public static readonly TimeSpan Usual = TimeSpan.FromMinutes(1);
    public static readonly TimeSpan Longest = TimeSpan.FromHours(1);
}
