using Gantral.Cli.Terminal;
using Microsoft.Extensions.Logging;

namespace Gantral.Cli.Runners;

/// <summary>What a runner says, a line each on standard error.</summary>
internal sealed class ConsoleLog : ILogger
{
    public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Information;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        if (IsEnabled(logLevel))
        {
            Console.Error.WriteLine($"gantral: {Printable.Text(formatter(state, exception))}");
        }
    }
}
