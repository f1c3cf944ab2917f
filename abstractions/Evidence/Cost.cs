namespace Gantral.Abstractions.Evidence;

/// <summary>An amount of money.</summary>
/// <param name="Currency">Three upper-case letters, as in ISO 4217.</param>
/// <param name="Amount">A decimal number in plain digits: money is never a double.</param>
public sealed record Cost(string Currency, string Amount);
