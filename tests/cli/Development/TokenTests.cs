using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Gantral.Cli.Tests.Running;

namespace Gantral.Cli.Tests.Development;

public sealed class TokenTests : IDisposable
{
    private readonly TestFolder _folder = new();
    private readonly ECDsa _key = ECDsa.Create(ECCurve.NamedCurves.nistP256);

    [Fact]
    public async Task It_prints_a_signed_token_and_nothing_else()
    {
        WriteKey();
        var before = DateTimeOffset.UtcNow.ToUnixTimeSeconds();
        var run = await RunAsync("--actor", "alice", "--team", "payments", "--team", "risk", "--role", "release-manager", "--role", "gantral.operator", "--ttl", "PT5M");

        Assert.Equal((0, ""), (run.Status, run.Error));
        Assert.Matches(@"\A[\w-]+\.[\w-]+\.[\w-]+\n\z", run.Output);
        var parts = run.Output.Trim().Split('.');
        Assert.Equal("""{"alg":"ES256","kid":"gantral-dev","typ":"JWT"}""", Encoding.UTF8.GetString(Base64Url.DecodeFromChars(parts[0])));
        Assert.True(_key.VerifyData(Encoding.ASCII.GetBytes($"{parts[0]}.{parts[1]}"), Base64Url.DecodeFromChars(parts[2]), HashAlgorithmName.SHA256));
        var claims = JsonNode.Parse(Base64Url.DecodeFromChars(parts[1]))!;
        Assert.Equal(("gantral-dev", "gantral", "alice", "gantral-cli", "human"), ((string?)claims["iss"], (string?)claims["aud"], (string?)claims["sub"], (string?)claims["azp"], (string?)claims["kind"]));
        Assert.Equal("""["payments","risk"]""", claims["teams"]!.ToJsonString());
        Assert.Equal("""["release-manager","gantral.operator"]""", claims["roles"]!.ToJsonString());
        Assert.InRange((long)claims["iat"]!, before, before + 60);
        Assert.Equal(300, (long)claims["exp"]! - (long)claims["iat"]!);
    }

    [Fact]
    public async Task The_data_folder_may_stand_in_the_environment()
    {
        WriteKey();
        var run = await new GantralProcess { Environs = environs => environs["GANTRAL_DATA"] = _folder.Name }.RunAsync("dev", "token", "--actor", "agent", "--team", "payments", "--kind", "workload");

        Assert.Equal(0, run.Status);
        Assert.Equal("workload", (string?)JsonNode.Parse(Base64Url.DecodeFromChars(run.Output.Trim().Split('.')[1]))!["kind"]);
    }

    [Fact]
    public async Task Without_a_key_it_says_how_to_get_one()
    {
        var run = await RunAsync("--actor", "alice", "--team", "payments");

        Assert.Equal((3, ""), (run.Status, run.Output));
        Assert.Contains("./run", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_key_that_is_none_is_told_as_such()
    {
        WriteKey("-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----");
        var run = await RunAsync("--actor", "alice", "--team", "payments");

        Assert.Equal((3, ""), (run.Status, run.Output));
        Assert.Contains("start the silo again", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_a_data_folder_it_says_how_to_name_one()
    {
        var run = await new GantralProcess { Environs = environs => environs.Remove("GANTRAL_DATA") }.RunAsync("dev", "token", "--actor", "alice", "--team", "payments");

        Assert.Equal((64, ""), (run.Status, run.Output));
        Assert.Contains("--data", run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--team", "payments")]
    [InlineData("--actor", "alice")]
    [InlineData("--actor", "", "--team", "payments")]
    [InlineData("--actor", "alice", "--team", " ")]
    [InlineData("--actor", "alice", "--team", "payments", "--kind", "robot")]
    [InlineData("--actor", "alice", "--team", "payments", "--ttl", "1h")]
    [InlineData("--actor", "alice", "--team", "payments", "--ttl", "PT0S")]
    [InlineData("--actor", "alice", "--team", "payments", "--ttl", "P2D")]
    [InlineData("--actor", "alice", "--team", "payments", "--role")]
    [InlineData("--actor", "alice", "--team", "payments", "stray")]
    public async Task A_wrong_command_line_prints_no_token(params string[] words)
    {
        WriteKey();
        var run = await RunAsync(words);

        Assert.Equal((64, ""), (run.Status, run.Output));
        Assert.Contains("See: gantral dev token --help", run.Error, StringComparison.Ordinal);
    }

    public void Dispose()
    {
        _folder.Dispose();
        _key.Dispose();
    }

    private void WriteKey(string? pem = null)
    {
        Directory.CreateDirectory(Path.Combine(_folder.Name, "secrets"));
        _folder.Write(Path.Combine("secrets", "dev-issuer.pem"), Encoding.ASCII.GetBytes(pem ?? _key.ExportPkcs8PrivateKeyPem()));
    }

    private Task<Outcome> RunAsync(params string[] words) => GantralProcess.Run(["dev", "token", "--data", _folder.Name, .. words]);
}
