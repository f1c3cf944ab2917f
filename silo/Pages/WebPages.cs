using System.Collections.Immutable;
using System.Text;
using Gantral.Silo.Gateway.Answers;
using Gantral.Silo.Identity.Federation;

namespace Gantral.Silo.Pages;

/// <summary>
/// The web pages: files that travel inside the assembly and use the public API alone. Whoever opens them needs no token;
/// what they show does. Every address answers the same shell, which looks at its own address.
/// </summary>
internal static class WebPages
{
    private const string Resources = "pages/";
    private const string Shell = "shell.html";

    // Where the shell's own files are to be named, so that the browser fetches all of them at once.
    private const string FilesBelongHere = "<!-- files -->";

    // A page of its own for each section is added here and in frame/router.mjs.
    private static readonly ImmutableArray<string> Addresses =
    [
        "/", "/inbox", "/inbox/{id}", "/board", "/instances", "/instances/{id}", "/workflows", "/workflows/{id}", "/policies", "/policies/{id}", "/verify", "/signed-in",
    ];

    /// <summary>The pages and their files, by their paths.</summary>
    /// <param name="isDevelopment">Whether identities are only made up here, which is said loudly.</param>
    /// <param name="signIns">Where people may sign in.</param>
    public static IEnumerable<(string Path, StaticPage Page)> Of(bool isDevelopment, ImmutableArray<PagesSignIn> signIns)
    {
        var policy = ContentPolicy(signIns);
        var files = Files().ToImmutableSortedDictionary(StringComparer.Ordinal);
        var shell = new StaticPage("text/html; charset=utf-8", ShellOf(files), policy);
        yield return ("/pages/identity.json", new StaticPage("application/json", PageIdentity.Of(isDevelopment, signIns), policy));
        foreach (var address in Addresses)
        {
            yield return (address, shell);
        }

        foreach (var (name, bytes) in files.Where(file => file.Key != Shell))
        {
            yield return ($"/{Resources}{name}", new StaticPage(TypeOf(name), bytes, policy));
        }
    }

    // Nothing inline, nothing from elsewhere, no text that becomes markup; issuers alone are called beside this silo.
    private static string ContentPolicy(ImmutableArray<PagesSignIn> signIns) =>
        $"default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src {string.Join(' ', signIns.Select(one => one.Discovery.GetLeftPart(UriPartial.Authority)).Distinct().Prepend("'self'"))}; "
        + "base-uri 'none'; form-action 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types 'none'";

    private static byte[] ShellOf(ImmutableSortedDictionary<string, byte[]> files)
    {
        var links = files.Keys.Select(name => Path.GetExtension(name) switch
        {
            ".css" => $"<link rel=\"stylesheet\" href=\"/{Resources}{name}\">",
            ".mjs" => $"<link rel=\"modulepreload\" href=\"/{Resources}{name}\">",
            _ => null,
        });
        return Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(files[Shell]).Replace(FilesBelongHere, string.Join('\n', links.OfType<string>()), StringComparison.Ordinal));
    }

    private static string TypeOf(string name) => Path.GetExtension(name) switch
    {
        ".mjs" => "text/javascript; charset=utf-8",
        ".css" => "text/css; charset=utf-8",
        ".svg" => "image/svg+xml",
        var other => throw new InvalidOperationException($"Nothing is known of pages that end in {other}."),
    };

    private static IEnumerable<KeyValuePair<string, byte[]>> Files()
    {
        var assembly = typeof(WebPages).Assembly;
        foreach (var resource in assembly.GetManifestResourceNames().Where(name => name.StartsWith(Resources, StringComparison.Ordinal)))
        {
            using var stream = assembly.GetManifestResourceStream(resource)!;
            var bytes = new byte[stream.Length];
            stream.ReadExactly(bytes);
            yield return new(resource[Resources.Length..], bytes);
        }
    }
}
