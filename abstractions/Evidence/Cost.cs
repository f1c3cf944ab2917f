using System.Globalization;
using System.Numerics;

namespace Gantral.Abstractions.Evidence;

/// <summary>An amount of money.</summary>
/// <param name="Currency">Three upper-case letters, as in ISO 4217.</param>
/// <param name="Amount">A decimal number in plain digits: money is never a double.</param>
public sealed record Cost(string Currency, string Amount)
{
    /// <summary>How many characters an amount may have, its point among them.</summary>
    public const int LongestAmount = 28;

    /// <summary>What is wrong with a currency, to be read after its name; nothing when it can be recorded.</summary>
    public static string? CurrencyFault(string currency) =>
        currency.Length != 3 || currency.AsSpan().ContainsAnyExceptInRange('A', 'Z') ? "must be three upper-case letters such as USD" : null;

    /// <summary>What is wrong with an amount, to be read after its name; nothing when it can be recorded.</summary>
    public static string? AmountFault(string amount) =>
        IsPlainDecimal(amount) ? null : $"must be a decimal number such as 12 or 0.12, not negative and of at most {LongestAmount} characters";

    /// <summary>The sum of two amounts of one currency. It is exact, however long it gets.</summary>
    public Cost Plus(Cost other)
    {
        if (other.Currency != Currency)
        {
            throw new ArgumentException($"{Currency} and {other.Currency} do not add up.", nameof(other));
        }

        var places = Math.Max(Places(Amount), Places(other.Amount));
        var digits = (Units(Amount, places) + Units(other.Amount, places)).ToString(CultureInfo.InvariantCulture).PadLeft(places + 1, '0');
        return this with { Amount = places == 0 ? digits : $"{digits[..^places]}.{digits[^places..]}" };
    }

    private static int Places(string amount) => amount.IndexOf('.', StringComparison.Ordinal) is >= 0 and var point ? amount.Length - point - 1 : 0;

    private static BigInteger Units(string amount, int places) =>
        BigInteger.Parse($"{amount.Replace(".", "", StringComparison.Ordinal)}{new string('0', places - Places(amount))}", NumberStyles.None, CultureInfo.InvariantCulture);

    private static bool IsPlainDecimal(ReadOnlySpan<char> amount)
    {
        var point = amount.IndexOf('.');
        var whole = point < 0 ? amount : amount[..point];
        var fraction = point < 0 ? "0" : amount[(point + 1)..];
        return amount.Length <= LongestAmount && IsDigits(whole) && IsDigits(fraction) && (whole.Length == 1 || whole[0] != '0');
    }

    private static bool IsDigits(ReadOnlySpan<char> digits) => !digits.IsEmpty && !digits.ContainsAnyExceptInRange('0', '9');
}
