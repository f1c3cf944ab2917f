using Gantral.Silo.Embedded;

namespace Gantral.Silo.Tests.Embedded;

/// <summary>Which binaries are used, and the sentence when there are none that fit.</summary>
public sealed class BinariesTests
{
    private const UnixFileMode Executable = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    [Fact]
    public async Task Missing_binaries_give_a_sentence_that_says_what_to_install()
    {
        await using var folder = new TestFolder();

        var sentence = await folder.RefusalAsync(folder.Options with { Search = new("", []) });

        Assert.Contains("apt-get install postgresql-15", sentence, StringComparison.Ordinal);
        Assert.False(Directory.Exists(folder.Cluster));
    }

    [Fact]
    public async Task A_configured_folder_without_binaries_is_named()
    {
        await using var folder = new TestFolder();

        var sentence = await folder.RefusalAsync(folder.Options with { BinariesFolder = folder.In("nowhere") });

        Assert.Contains(folder.In("nowhere"), sentence, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_cluster_of_a_version_that_is_not_installed_is_refused_and_left_alone()
    {
        await using var folder = new TestFolder();
        Directory.CreateDirectory(folder.Cluster);
        File.WriteAllText(folder.In("pg", "PG_VERSION"), "9\n");

        var sentence = await folder.RefusalAsync();

        Assert.Contains("apt-get install postgresql-9", sentence, StringComparison.Ordinal);
        Assert.Contains("pg_upgrade", sentence, StringComparison.Ordinal);
        Assert.Equal([folder.In("pg", "PG_VERSION")], Directory.EnumerateFileSystemEntries(folder.Cluster));
    }

    [Fact]
    public async Task A_cluster_is_served_by_the_version_that_made_it_when_a_newer_one_is_preferred()
    {
        await using var folder = new TestFolder();
        await (await folder.StartAsync()).StopAsync();
        var newer = folder.In("newer");
        Directory.CreateDirectory(newer);
        foreach (var program in new[] { "postgres", "initdb", "pg_ctl" })
        {
            var path = Path.Combine(newer, program);
            await File.WriteAllTextAsync(path, "#!/bin/sh\necho 'postgres (PostgreSQL) 99beta1'\n");
            File.SetUnixFileMode(path, Executable);
        }

        await using var postgres = await folder.StartAsync(folder.Options with { BinariesFolder = newer });

        Assert.True(folder.Log.Says(1105));
        Assert.Equal(1, await Query.AskAsync<int>(postgres.ConnectionString(EmbeddedLogin.Serving), "SELECT 1"));
    }

    [Fact]
    public void The_newest_of_several_versions_comes_first()
    {
        var root = Directory.CreateTempSubdirectory("gt").FullName;
        try
        {
            foreach (var version in new[] { "9.6", "15", "9", "100" })
            {
                Directory.CreateDirectory(Path.Combine(root, version));
            }

            Assert.Equal(["100", "15", "9", "9.6"], new InstallationPlace(root, "", "").Folders().Select(folder => Path.GetFileName(Path.TrimEndingDirectorySeparator(folder))));
        }
        finally
        {
            Directory.Delete(root, recursive: true);
        }
    }
}
