namespace Gantral.Bench.Running;

/// <summary>Something to be measured against a ceiling that is taken in the same run.</summary>
internal interface IBenchCase
{
    /// <summary>Its name on the command line.</summary>
    string Name { get; }

    /// <summary>In one sentence, what it measures and against what.</summary>
    string About { get; }

    /// <summary>Measures; a wrong answer is a <see cref="WrongAnswerException"/>.</summary>
    Task<IReadOnlyList<CaseResult>> MeasureAsync(BenchRun run);
}
