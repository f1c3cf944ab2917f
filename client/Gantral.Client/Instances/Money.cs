namespace Gantral.Client;

/// <summary>An amount of money.</summary>
/// <param name="Currency">Three capitals, as in ISO 4217.</param>
/// <param name="Amount">A decimal number as a text, not negative.</param>
public sealed record Money(string Currency, string Amount);
