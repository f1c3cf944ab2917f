namespace Gantral.Silo.Ledger;

/// <summary>Says once that the storage is away and once that it is back, however often either is met.</summary>
/// <param name="away">Says that it is away, and why.</param>
/// <param name="back">Says that it is back.</param>
internal sealed class StorageOutage(Action<string> away, Action back)
{
    private bool _isOn;

    /// <summary>The storage could not be reached.</summary>
    public void Met(Exception fault)
    {
        if (!_isOn)
        {
            away(StorageFault.InWords(fault));
        }

        _isOn = true;
    }

    /// <summary>The storage answered.</summary>
    public void Over()
    {
        if (_isOn)
        {
            back();
        }

        _isOn = false;
    }
}
