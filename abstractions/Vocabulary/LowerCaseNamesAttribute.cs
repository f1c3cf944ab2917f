namespace Gantral.Abstractions.Vocabulary;

/// <summary>Says that the names of an enumeration are written in lower case outside C#.</summary>
[AttributeUsage(AttributeTargets.Enum)]
public sealed class LowerCaseNamesAttribute : Attribute;
