namespace Gantral.Silo.Gateway.Audit;

/// <summary>A bundle that has more bytes than are verified here, or than its format can say.</summary>
internal sealed class BundleTooLargeException : Exception
{
}
