namespace Gantral.Silo.Identity.Federation;

/// <summary>The keys of an issuer could not be had; the message says why and never what the other side sent.</summary>
internal sealed class KeysNotFetchedException(string message) : Exception(message);
