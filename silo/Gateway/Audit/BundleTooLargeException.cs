namespace Gantral.Silo.Gateway.Audit;

/// <summary>A bundle that has more bytes than are verified here.</summary>
internal sealed class BundleTooLargeException : Exception
{
}
