namespace Gantral.Silo.Tests.Gateway;

/// <summary>An answer that is written as it is read, when the storage goes away.</summary>
public sealed class StreamedAnswerTests : IAsyncLifetime
{
    private ServedApi _api = null!;

    public async Task InitializeAsync() => _api = await ServedApi.StartAsync();

    public async Task DisposeAsync() => await _api.DisposeAsync();

    [Fact]
    public async Task Before_its_first_byte_it_is_a_refusal_like_any_other()
    {
        _api.StorageGoesAfter = 0;

        var answered = (await _api.GetAsync("/v1/audit/logs/1/bundle")).IsProblem(503, "storage_unavailable");
        Assert.Null(answered.ContentHeaders.ContentDisposition);
        Assert.True(_api.Log.Says(1301));
    }

    [Fact]
    public async Task Afterwards_it_breaks_off_so_that_nobody_takes_the_piece_for_the_whole()
    {
        _api.StorageGoesAfter = 3;

        await Assert.ThrowsAsync<HttpRequestException>(() => _api.GetAsync("/v1/audit/logs/1/bundle"));
        Assert.True(_api.Log.Says(1301));
        _api.StorageGoesAfter = null;
        Assert.Equal(200, (await _api.GetAsync("/v1/audit/logs/1/bundle")).Status);
    }
}
