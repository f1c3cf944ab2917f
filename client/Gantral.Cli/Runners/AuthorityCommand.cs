using System.CommandLine;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Gantral.Abstractions.Authority;
using Gantral.Abstractions.Vocabulary;
using Gantral.Cli.Help;
using Gantral.Cli.Server;
using Gantral.Cli.Terminal;
using Gantral.Client;

namespace Gantral.Cli.Runners;

/// <summary><c>gantral authority</c>: a process asks before a step, under the task for which a runner started it.</summary>
internal static class AuthorityCommand
{
    private const int Terminated = 4;

    /// <summary>Makes the command.</summary>
    public static Command Create()
    {
        var step = new Option<string>("--step") { Description = "The step, as the workflow declares it.", HelpName = "STEP", Required = true };
        var context = new Option<string>("--context") { Description = "A file with what the decision is about, a JSON object; - is standard input. None is an empty one.", HelpName = "FILE" };
        var key = new Option<string>("--key") { Description = "Tells this question from the same one asked before within the task.", HelpName = "KEY" };
        var json = new Option<bool>("--json") { Description = "Print state, reason and the context to use as JSON." };
        var command = new ExplainedCommand(
            "authority",
            "Ask before a step, from inside a process that gantral runner started.",
            $"""
            The task is the one in the environment (GANTRAL_INSTANCE_ID, GANTRAL_TASK_ID, GANTRAL_FENCING_TOKEN), the server the one in
            {GantralServer.AddressVariable}, the token the one in {GantralServer.TokenVariable} (role gantral.runner).

            Run it again when no answer came: within a task the same step with the same context is the same question, and is answered as
            the first time. To do the same thing twice, ask with another --key each time.

            Exit status: 0 RUNNING, go on with the context of the answer; 3 WAITING_FOR_HUMAN, save where you are and exit with 3;
              4 TERMINATED, stop; 64 the command line is wrong; 69 the server cannot be reached or refuses

            Example:
              gantral authority --step deploy --context facts.json || exit $?
            """)
        {
            step, context, key, json,
        };
        command.SetAction((parsed, interrupted) => RunAsync(
            parsed.GetRequiredValue(step), parsed.GetValue(context), parsed.GetValue(key), parsed.GetValue(json), interrupted));
        return command;
    }

    private static async Task<int> RunAsync(string step, string? file, string? key, bool asJson, CancellationToken interrupted)
    {
        if (!Guid.TryParse(Environment.GetEnvironmentVariable(TaskVariables.InstanceId), out var instance)
            || !Guid.TryParse(Environment.GetEnvironmentVariable(TaskVariables.TaskId), out var task)
            || !long.TryParse(Environment.GetEnvironmentVariable(TaskVariables.FencingToken), NumberStyles.None, CultureInfo.InvariantCulture, out var token))
        {
            throw new CommandRefusedException(ExitStatus.Usage, $"The environment names no task ({TaskVariables.InstanceId}, {TaskVariables.TaskId}, {TaskVariables.FencingToken}); this is for processes that gantral runner starts.");
        }

        var address = GantralServer.AddressOfEnvironment();
        using var client = Connecting.To(address, tokenFile: null);
        var facts = await FactsAsync(file, interrupted).ConfigureAwait(false);
        try
        {
            var question = new AuthorityQuestion { Step = step, ExecutionContext = facts, TaskId = task, FencingToken = token };
            var answer = await client.Instances.RequestAuthorityAsync(instance, question, KeyOf(question, key), interrupted).ConfigureAwait(false);
            Console.Out.WriteLine(asJson ? Json(answer) : WireName.Of(answer.State));
            return answer.State switch
            {
                ExecutionState.Running => 0,
                ExecutionState.WaitingForHuman => AgentProcess.SuspendedStatus,
                _ => Terminated,
            };
        }
        catch (Exception failed) when (failed is GantralException or HttpRequestException or TimeoutException)
        {
            throw Connecting.Refused(failed, address);
        }
    }

    // A process that gets no answer is run again from its script, and must not ask under another key.
    private static string KeyOf(AuthorityQuestion question, string? key) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(
        string.Create(CultureInfo.InvariantCulture, $"{question.TaskId:D}\n{question.FencingToken}\n{question.Step}\n{key}\n{question.ExecutionContext?.ToJsonString()}"))));

    private static async Task<JsonObject?> FactsAsync(string? file, CancellationToken interrupted)
    {
        if (file is null)
        {
            return null;
        }

        try
        {
            var text = file == OutputFile.StandardOutput ? await Console.In.ReadToEndAsync(interrupted).ConfigureAwait(false) : await File.ReadAllTextAsync(file, interrupted).ConfigureAwait(false);
            return JsonNode.Parse(text) as JsonObject ?? throw new JsonException("it is no object");
        }
        catch (Exception wrong) when (wrong is JsonException or IOException or UnauthorizedAccessException)
        {
            throw new CommandRefusedException(ExitStatus.Usage, $"{Printable.Text(file)} cannot be used as a context: {Printable.Text(wrong.Message.TrimEnd('.'))}.", wrong);
        }
    }

    private static string Json(ExecutionInstance answer) => new JsonObject
    {
        ["state"] = WireName.Of(answer.State),
        ["reason"] = answer.Reason is { } reason ? WireName.Of(reason) : null,
        ["context"] = answer.Context?.DeepClone(),
    }.ToJsonString();
}
