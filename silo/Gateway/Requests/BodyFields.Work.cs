using System.Xml;
using Gantral.Abstractions.Evidence;
using Gantral.Abstractions.Grains;

namespace Gantral.Silo.Gateway.Requests;

/// <content>What runners say: numbers, times, and what a process leaves behind.</content>
internal sealed partial class BodyFields
{
    /// <summary>A whole number that must be there.</summary>
    public long Integer(string field)
    {
        if (Take(field) is not { } value)
        {
            Missing(field, "a whole number");
            return 0;
        }

        if (value.Integer() is { } number)
        {
            return number;
        }

        Wrong(field, "a whole number");
        return 0;
    }

    /// <summary>A whole number of at least so much that must be there.</summary>
    public long Integer(string field, long least)
    {
        var number = Integer(field);
        if (number < least)
        {
            Wrong(field, $"a whole number of at least {least}");
        }

        return number;
    }

    /// <summary>A whole number within bounds, if it is there.</summary>
    public int? OptionalCount(string field, int least, int most)
    {
        if (Take(field) is not { } value)
        {
            return null;
        }

        if (value.Integer() is { } number && number >= least && number <= most)
        {
            return (int)number;
        }

        Wrong(field, $"a whole number from {least} to {most}");
        return null;
    }

    /// <summary>A whole number within bounds; <paramref name="otherwise"/> if it is not there.</summary>
    public int Count(string field, int least, int most, int otherwise) => OptionalCount(field, least, most) ?? otherwise;

    /// <summary>A length of time within bounds; <paramref name="otherwise"/> if it is not there.</summary>
    public TimeSpan Duration(string field, TimeSpan least, TimeSpan most, TimeSpan otherwise)
    {
        if (Take(field) is not { } value)
        {
            return otherwise;
        }

        try
        {
            if (value.Text() is { } text && XmlConvert.ToTimeSpan(text) is var span && span >= least && span <= most)
            {
                return span;
            }
        }
        catch (Exception refused) when (refused is FormatException or OverflowException)
        {
            // Told below, like every other fault.
        }

        Wrong(field, $"an ISO 8601 duration from {XmlConvert.ToString(least)} to {XmlConvert.ToString(most)}, such as {XmlConvert.ToString(otherwise)}");
        return otherwise;
    }

    /// <summary>The task under which a runner asks, if it names one: both of its fields or none.</summary>
    public Lease? OptionalLease()
    {
        if (!Has("task_id") && !Has("fencing_token"))
        {
            return null;
        }

        return new Lease(Id("task_id"), Integer("fencing_token"));
    }

    /// <summary>A list of references, if it is there and has any.</summary>
    public CanonicalBytes? OptionalReferences(string field) =>
        !Has(field) || _fields!.Find(field)?.Elements() is [] && Take(field) is not null ? null : References(field);

    /// <summary>One reference to what is held elsewhere, with its hash, if it is there.</summary>
    public CanonicalBytes? OptionalReference(string field)
    {
        if (OptionalObject(field) is not { } value)
        {
            return null;
        }

        var reference = new BodyFields(value);
        reference.CheckReference();
        Adopt(Pointer(field), reference);
        return value;
    }

    /// <summary>An amount of money in an object of its own, if it is there.</summary>
    public Cost? OptionalCost(string field)
    {
        if (OptionalObject(field) is not { } value)
        {
            return null;
        }

        var money = new BodyFields(value);
        var cost = money.Cost();
        Adopt(Pointer(field), money);
        return cost;
    }

    /// <summary>A text or an object, if it is there.</summary>
    public CanonicalBytes? OptionalTextOrObject(string field)
    {
        if (Take(field) is not { } value)
        {
            return null;
        }

        if (value.IsObject || value.Text() is not null)
        {
            return value.Canonical();
        }

        Wrong(field, "a text or an object");
        return null;
    }
}
