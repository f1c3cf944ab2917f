namespace Gantral.Client;

/// <summary>Which failures pass by themselves: the same request, under the same key, is the right next step.</summary>
internal static class Passing
{
    public static bool Is(Exception failed) => failed is GantralException { IsPassing: true } or HttpRequestException or TimeoutException or IOException;
}
