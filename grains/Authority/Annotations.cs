using Gantral.Abstractions.Authority;
using Gantral.Abstractions.Commands;
using Gantral.Abstractions.Evidence;
using Gantral.Abstractions.Refusals;

namespace Gantral.Grains.Authority;

/// <summary>What may be noted about an instance in any state, also after its end: it is outside authority.</summary>
internal static class Annotations
{
    /// <summary>Attaches references to evidence held elsewhere.</summary>
    public static Ruling Attach(Draft draft, Command.AttachEvidence attach)
    {
        draft.Record(EventType.EvidenceAttached, null, draft.Private(PrivateFieldNames.Evidence, attach.Evidence));
        return draft.Commit();
    }

    /// <summary>Records what some work cost.</summary>
    public static Ruling RecordCost(Draft draft, Command.RecordCost record)
    {
        if (CostFault(record.Cost) is { } fault)
        {
            return draft.Refuse(RefusalCode.InvalidBody, fault);
        }

        draft.Record(EventType.CostRecorded, entry => entry with { Cost = record.Cost });
        return draft.Commit();
    }

    /// <summary>Why a cost cannot be recorded and added up, or nothing.</summary>
    public static string? CostFault(Cost? cost) =>
        cost is null ? null
        : Cost.CurrencyFault(cost.Currency) is { } currency ? $"The cost's currency {currency}."
        : Cost.AmountFault(cost.Amount) is { } amount ? $"The cost's amount {amount}."
        : null;
}
