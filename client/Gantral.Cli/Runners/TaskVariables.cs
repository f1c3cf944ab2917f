namespace Gantral.Cli.Runners;

/// <summary>The names under which a process finds its task in its environment. They are part of the interface and never change.</summary>
internal static class TaskVariables
{
    public const string InstanceId = "GANTRAL_INSTANCE_ID";
    public const string TaskId = "GANTRAL_TASK_ID";
    public const string FencingToken = "GANTRAL_FENCING_TOKEN";
    public const string Kind = "GANTRAL_KIND";
    public const string Attempt = "GANTRAL_ATTEMPT";
    public const string ContextFile = "GANTRAL_CONTEXT_FILE";
    public const string CheckpointFile = "GANTRAL_CHECKPOINT_FILE";
    public const string OutcomeFile = "GANTRAL_OUTCOME_FILE";
}
