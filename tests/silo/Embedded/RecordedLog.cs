using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace Gantral.Silo.Tests.Embedded;

/// <summary>Keeps what was logged.</summary>
internal sealed class RecordedLog : ILogger
{
    private readonly ConcurrentQueue<(int Id, string Text)> _lines = new();

    public IReadOnlyList<string> Lines => [.. _lines.Select(line => line.Text)];

    public bool Says(int eventId) => _lines.Any(line => line.Id == eventId);

    public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
        _lines.Enqueue((eventId.Id, formatter(state, exception)));
}
