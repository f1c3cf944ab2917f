using Microsoft.Extensions.Logging;

namespace Gantral.Client;

/// <summary>What a runner says. Of contexts and outcomes nothing.</summary>
internal static partial class RunnerLog
{
    [LoggerMessage(1, LogLevel.Warning, "No work can be fetched ({Why}); asking again in {Seconds:0.0} s.")]
    public static partial void CannotClaim(ILogger logger, string why, double seconds);

    [LoggerMessage(2, LogLevel.Information, "Task {TaskId} of instance {InstanceId}: {Kind}, attempt {Attempt}.")]
    public static partial void Begun(ILogger logger, Guid taskId, Guid instanceId, string kind, int attempt);

    [LoggerMessage(3, LogLevel.Information, "Task {TaskId} of instance {InstanceId}: {Outcome}, the instance is {State}.")]
    public static partial void Ended(ILogger logger, Guid taskId, Guid instanceId, string outcome, string state);

    [LoggerMessage(4, LogLevel.Warning, "Task {TaskId} of instance {InstanceId} is not this runner's any more, and nothing is reported of it: {Why}")]
    public static partial void Lost(ILogger logger, Guid taskId, Guid instanceId, string why);

    [LoggerMessage(5, LogLevel.Warning, "Task {TaskId} of instance {InstanceId}: the silo does not hear this runner now ({Why}).")]
    public static partial void Unheard(ILogger logger, Guid taskId, Guid instanceId, string why);

    [LoggerMessage(6, LogLevel.Information, "Stopping: no more work is fetched; {Running} that run have {Seconds:0} s.")]
    public static partial void Stopping(ILogger logger, int running, double seconds);
}
