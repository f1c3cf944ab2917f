using Gantral.Grains.Authority;

namespace Gantral.Grains.Tests.Purity;

/// <summary>The analyzer is only configured; this proves that what was compiled is pure.</summary>
public sealed class PurityTests
{
    private static readonly CompiledAssembly Grains = CompiledAssembly.Read(typeof(AuthorityCore).Assembly.Location);
    private static readonly CompiledAssembly Tests = CompiledAssembly.Read(typeof(PurityTests).Assembly.Location);

    // Written apart from the list of the analyzer, so that a line which goes missing there is missed here.
    private static readonly string[] ClocksChanceAndTheWorld =
    [
        "P:System.DateTime.Now", "P:System.DateTime.UtcNow", "P:System.DateTime.Today", "P:System.DateTimeOffset.Now", "P:System.DateTimeOffset.UtcNow",
        "T:System.TimeProvider", "T:System.Diagnostics.Stopwatch", "T:System.Environment", "T:System.TimeZoneInfo", "T:System.TimeZone",
        "T:System.Random", "M:System.Guid.NewGuid", "M:System.Guid.CreateVersion7", "T:System.Security.Cryptography.RandomNumberGenerator",
        "T:System.Console", "N:System.IO", "N:System.Net", "T:System.Diagnostics.Process", "T:System.AppContext", "T:System.AppDomain",
        "T:System.Threading.Thread", "T:System.Threading.Timer", "T:System.Threading.PeriodicTimer", "M:System.Threading.Tasks.Task.Delay",
        "P:System.Globalization.CultureInfo.CurrentCulture", "P:System.Globalization.CultureInfo.CurrentUICulture",
    ];

    // What the core is made of. Another namespace here is another kind of thing that decides; it deserves a thought.
    private static readonly HashSet<string> Namespaces =
    [
        "System", "System.Buffers", "System.Collections.Frozen", "System.Collections.Generic", "System.Collections.Immutable", "System.Linq",
        "System.Runtime.CompilerServices", "System.Text", "System.Threading.Tasks",
        "Gantral.Abstractions.Authority", "Gantral.Abstractions.Commands", "Gantral.Abstractions.Definitions", "Gantral.Abstractions.Evidence", "Gantral.Abstractions.Grains", "Gantral.Abstractions.Policy",
        "Gantral.Abstractions.Refusals", "Gantral.Abstractions.Vocabulary", "Gantral.Evidence.Entries", "Gantral.Evidence.Json",
    ];

    // Single types of other namespaces: the name of a type, the contents of a list, and marks that run nothing.
    private static readonly HashSet<string> Types =
    [
        // Iterators and async methods implement these; a definition and a rule read numbers and durations in one culture.
        "System.Collections.IEnumerable", "System.Collections.IEnumerator", "System.Globalization.CultureInfo", "System.Globalization.NumberStyles", "System.Xml.XmlConvert",
        // A version that many ask for at once is read once: whoever comes second waits for the first. It decides nothing.
        "System.Threading.Lock", "System.Threading.Lock+Scope",
        "System.Reflection.MemberInfo", "System.Runtime.InteropServices.ImmutableCollectionsMarshal",
        "System.Diagnostics.DebuggableAttribute+DebuggingModes", "System.Diagnostics.DebuggerBrowsableState",
    ];

    [Fact]
    public void The_compiled_core_names_nothing_that_is_banned()
    {
        Assert.NotEmpty(Ban.Listed);
        Assert.Empty(Ban.Broken(Grains, Ban.Listed));
    }

    [Fact]
    public void The_compiled_core_names_no_clock_no_chance_and_nothing_of_the_world() =>
        None(Ban.Broken(Grains, ClocksChanceAndTheWorld));

    [Fact]
    public void The_compiled_core_is_made_of_known_things_alone() => None(Grains.Types.Where(type =>
        !Namespaces.Contains(type[..type.LastIndexOf('.')]) && !Types.Contains(type) && !type.EndsWith("Attribute", StringComparison.Ordinal)));

    [Fact]
    public void What_breaks_the_ban_is_seen()
    {
        // This assembly reads files, the environment and cultures, so the same look at it must find them.
        var broken = Ban.Broken(Tests, Ban.Listed);
        Assert.Contains("System.IO.File", broken);
        Assert.Contains("System.Environment", broken);
        Assert.Contains("System.Random", broken);
        Assert.Contains("System.Globalization.CultureInfo.get_CurrentCulture", broken);
    }

    [Fact]
    public void The_analyzers_list_forgets_no_clock_and_no_chance()
    {
        var listed = Ban.Listed.Select(symbol => symbol.Split('(')[0]).ToHashSet();
        None(ClocksChanceAndTheWorld.Where(symbol => !listed.Contains(symbol)));
    }

    private static void None(IEnumerable<string> names) => Assert.Equal("", string.Join(' ', names.Order(StringComparer.Ordinal)));
}
