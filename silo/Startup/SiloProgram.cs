using System.Runtime.InteropServices;
using Gantral.Silo.Embedded;
using Gantral.Silo.Identity.Development;
using Gantral.Silo.Startup.Settings;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Console;

namespace Gantral.Silo.Startup;

/// <summary>The executable: reads its words and settings, does what the verb says, and ends with a sentence and never with a stack of calls.</summary>
internal sealed class SiloProgram(Rooms rooms)
{
    /// <summary>Runs and answers the exit status.</summary>
    public async Task<int> RunAsync(IReadOnlyList<string> words)
    {
        using var stop = new CancellationTokenSource();
        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
        using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
        using var logs = LoggerFactory.Create(Configure);
        try
        {
            var line = CommandLine.Read(words);
            if (line.Help)
            {
                Console.Out.WriteLine(HelpText.Of(line.Verb));
                return ExitStatus.Done;
            }

            await RunAsync(line, logs, stop.Token);
            return ExitStatus.Done;
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            return ExitStatus.Done;
        }
        catch (StartupRefusedException refused)
        {
            return Refuse(refused.Message, refused.ExitStatus);
        }
        catch (Exception refused) when (refused is EmbeddedPostgresException or DevelopmentIdentityException)
        {
            return Refuse(refused.Message, ExitStatus.Unavailable);
        }
        catch (Exception failed)
        {
            StartupLog.Failed(logs.CreateLogger("Gantral.Silo"), failed);
            return ExitStatus.Fault;
        }

        void Stop(PosixSignalContext signal)
        {
            // Ending is ours to do: in order, and after what is in flight.
            signal.Cancel = true;
            stop.Cancel();
        }
    }

    private async Task RunAsync(CommandLine line, ILoggerFactory logs, CancellationToken stop)
    {
        var configuration = SettingsReader.Gather(line.Flags);
        Warn(configuration, logs.CreateLogger("Gantral.Silo"));
        var settings = SettingsReader.Read(configuration);
        if (line.Verb == "serve")
        {
            await new ServeVerb(rooms, Console.Out).RunAsync(settings, logs, stop);
            return;
        }

        if (line.Verb == "reopen" && settings.Origin is null)
        {
            throw new StartupRefusedException(ExitStatus.Usage, "Say under which new name the logs go on, with --origin NAME, for example gantral.example.com/prod-2.");
        }

        await using var database = await OpenDatabase.ReachAsync(settings, logs, stop);
        if (line.Verb == "rebuild")
        {
            await rooms.Rebuild(database.Databases, logs, stop);
            return;
        }

        if (database.Databases.Owner is null)
        {
            throw new StartupRefusedException(ExitStatus.Configuration, $"{line.Verb} works as the owner of the schema: name how to reach the database as its owner in Gantral:OwnerDatabase.");
        }

        if (line.Verb == "reopen")
        {
            await rooms.Reopen(database.Databases, settings, logs, stop);
            return;
        }

        await rooms.Migrate(database.Databases, settings, logs, stop);
    }

    private static void Warn(IConfiguration configuration, ILogger logger)
    {
        foreach (var (name, meant) in KnownSettings.UnknownIn(configuration))
        {
            if (meant is null)
            {
                StartupLog.UnknownSetting(logger, name);
            }
            else
            {
                StartupLog.UnknownSetting(logger, name, meant);
            }
        }
    }

    // Standard output holds one line for scripts; everything else is for people and goes to standard error.
    private static void Configure(ILoggingBuilder logging)
    {
        logging.SetMinimumLevel(LogLevel.Information);
        logging.AddFilter("Microsoft", LogLevel.Warning);
        // That the gateway cannot listen is said in a sentence, not twice.
        logging.AddFilter("Microsoft.Extensions.Hosting", LogLevel.None);
        logging.AddSimpleConsole(line =>
        {
            line.SingleLine = true;
            line.UseUtcTimestamp = true;
            line.TimestampFormat = "yyyy-MM-dd'T'HH:mm:ss.fff'Z' ";
        });
        logging.Services.Configure<ConsoleLoggerOptions>(console => console.LogToStandardErrorThreshold = LogLevel.Trace);
    }

    private static int Refuse(string sentence, int status)
    {
        Console.Error.WriteLine($"gantral: {sentence}");
        return status;
    }
}
