namespace Gantral.Evidence.Verification;

/// <summary>
/// Gathers findings and keeps the one to be named: the worst, among equals the first by code and then by its words, so
/// that the order in which a file is read does not matter. What is missing is kept too, up to a limit.
/// </summary>
internal sealed class Findings
{
    private const int MostMissing = 1000;

    // Most subjects miss nothing, and a large log has many subjects.
    private SortedSet<MissingItem>? _missing;

    /// <summary>The finding to be named, if there is any.</summary>
    public Finding? Worst { get; private set; }

    /// <summary>The verdict so far.</summary>
    public Verdict Verdict => Worst?.Verdict ?? Verdict.Valid;

    /// <summary>What is missing, in a fixed order.</summary>
    public IReadOnlyCollection<MissingItem> Missing => _missing ?? (IReadOnlyCollection<MissingItem>)[];

    public void Add(FindingCode code, string reason) => Add(new Finding(code, reason));

    public void Add(Finding finding)
    {
        if (Worst is null || Compare(finding, Worst) < 0)
        {
            Worst = finding;
        }
    }

    public void AddMissing(FindingCode code, MissingItem item)
    {
        Add(code, $"{item} is missing");
        _missing ??= new SortedSet<MissingItem>(MissingItem.Order);
        if (_missing.Count < MostMissing)
        {
            _missing.Add(item);
        }
    }

    /// <summary>Takes over what others found.</summary>
    public void Add(Findings others)
    {
        if (others.Worst is { } worst)
        {
            Add(worst);
        }

        foreach (var item in others.Missing)
        {
            _missing ??= new SortedSet<MissingItem>(MissingItem.Order);
            if (_missing.Count < MostMissing)
            {
                _missing.Add(item);
            }
        }
    }

    private static int Compare(Finding left, Finding right) =>
        left.Verdict != right.Verdict ? right.Verdict.CompareTo(left.Verdict)
        : left.Code != right.Code ? left.Code.CompareTo(right.Code)
        : string.CompareOrdinal(left.Reason, right.Reason);
}
