namespace Gantral.Cli.Doctor;

/// <summary>Something that was checked: what was found and, where it is not as it should be, what to do. Both may be shown.</summary>
internal sealed record Check(CheckResult Result, string Name, string Found, string? Advice = null)
{
    public static Check Ok(string name, string found) => new(CheckResult.Ok, name, found);

    public static Check Warn(string name, string found, string advice) => new(CheckResult.Warn, name, found, advice);

    public static Check Fail(string name, string found, string? advice = null) => new(CheckResult.Fail, name, found, advice);
}
