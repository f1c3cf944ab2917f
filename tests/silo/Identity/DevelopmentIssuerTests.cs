using Gantral.Silo.Identity.Development;

namespace Gantral.Silo.Tests.Identity;

public sealed class DevelopmentIssuerTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("gt").FullName;

    private string KeyFile => DevelopmentIssuer.KeyFileIn(_folder);

    [Fact]
    public void The_key_is_made_once_and_for_its_owner_alone()
    {
        DevelopmentIssuer.Open(_folder);
        var first = File.ReadAllText(KeyFile);
        DevelopmentIssuer.Open(_folder);

        Assert.Equal(first, File.ReadAllText(KeyFile));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(KeyFile));
        Assert.Equal(Path.Combine(_folder, "secrets", "dev-issuer.pem"), KeyFile);
    }

    [Fact]
    public void A_key_that_others_can_read_is_refused()
    {
        DevelopmentIssuer.Open(_folder);
        File.SetUnixFileMode(KeyFile, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.OtherRead);

        Assert.Contains("can be read by others", Assert.Throws<DevelopmentIdentityException>(() => DevelopmentIssuer.Open(_folder)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("not a key")]
    [InlineData("-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----")]
    public void A_file_that_is_no_key_is_refused_with_what_to_do(string content)
    {
        DevelopmentIssuer.Open(_folder);
        File.WriteAllText(KeyFile, content);

        Assert.Contains("Delete it", Assert.Throws<DevelopmentIdentityException>(() => DevelopmentIssuer.Open(_folder)).Message, StringComparison.Ordinal);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}
