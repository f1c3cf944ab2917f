using Gantral.Silo.Embedded;

namespace Gantral.Silo.Tests.Embedded;

public sealed class ClosedFolderTests
{
    [Fact]
    public async Task A_data_folder_inside_one_that_lets_nobody_pass_works_and_is_found_again()
    {
        // What root's own folders and temporary ones are like; the server's account is another one.
        var closed = Directory.CreateTempSubdirectory("gtc").FullName;
        var folder = Path.Combine(closed, "data");
        var elsewhere = Path.Combine(folder, "server.elsewhere");
        try
        {
            await using (var first = await EmbeddedPostgres.StartAsync(new EmbeddedOptions { DataFolder = folder }))
            {
                await Query.RunAsync(first.ConnectionString(EmbeddedLogin.Owner), "CREATE TABLE kept (id int)");
            }

            await using var again = await EmbeddedPostgres.StartAsync(new EmbeddedOptions { DataFolder = folder });
            Assert.Equal(0L, await Query.AskAsync<long>(again.ConnectionString(EmbeddedLogin.Owner), "SELECT count(*) FROM kept"));
            Assert.Equal(Environment.IsPrivilegedProcess, File.Exists(elsewhere));
        }
        finally
        {
            if (File.Exists(elsewhere))
            {
                Directory.Delete(await File.ReadAllTextAsync(elsewhere), recursive: true);
            }

            Directory.Delete(closed, recursive: true);
        }
    }
}
