namespace Gantral.Grains.Definitions;

/// <summary>Something that never changes once it is there: read once, however many ask at once. What is not there is asked for again.</summary>
internal sealed class ReadOnce<T>(Func<ValueTask<T?>> read)
    where T : class
{
    private readonly Lock _gate = new();
    private volatile T? _value;
    private Task<T?>? _reading;

    /// <summary>Whether it is there and was read.</summary>
    public bool IsKnown => _value is not null;

    /// <summary>The value, or none yet.</summary>
    public ValueTask<T?> GetAsync() => _value is { } known ? new(known) : new(JoinAsync());

    private Task<T?> JoinAsync()
    {
        lock (_gate)
        {
            return _reading is { IsCompleted: false } underWay ? underWay : _reading = ReadAsync();
        }
    }

    private async Task<T?> ReadAsync() => _value = await read();
}
