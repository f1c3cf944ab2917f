using Gantral.Abstractions.Policy;
using Microsoft.Extensions.Logging;

namespace Gantral.Silo.Policies;

/// <summary>What is logged about policies, with stable ids. Never what a service sent.</summary>
internal static partial class PolicyLog
{
    [LoggerMessage(1400, LogLevel.Warning, "Policy {PolicyVersionId} gave no answer that counts: {Failure}.")]
    public static partial void NoAnswer(ILogger logger, string policyVersionId, PolicyFailure failure);

    [LoggerMessage(1401, LogLevel.Warning, "Policy {PolicyVersionId} failed {Failures} times in a row and is not asked for {Pause}.")]
    public static partial void Opened(ILogger logger, string policyVersionId, int failures, TimeSpan pause);

    [LoggerMessage(1402, LogLevel.Information, "Policy {PolicyVersionId} answers again.")]
    public static partial void Closed(ILogger logger, string policyVersionId);

    [LoggerMessage(1410, LogLevel.Information, "The setting {SettingId} is {Value} from now on, as configured.")]
    public static partial void Changed(ILogger logger, string settingId, string value);
}
