using Gantral.Abstractions.Policy;
using Gantral.Silo.Policies;
using Microsoft.AspNetCore.Http;

namespace Gantral.Silo.Tests.Policies;

/// <summary>A service that fails is spared, and asked again once it may be well.</summary>
public sealed class CircuitBreakerTests
{
    private readonly SteppedTime _time = new();

    [Fact]
    public async Task A_service_that_fails_five_times_in_a_row_is_not_asked_until_one_call_went_well()
    {
        await using var service = await PolicyService.OpenAsync(Fail);
        using var asking = new Asking();
        await AskAsync(asking, service, times: 7);
        Assert.Equal(5, service.Asked);
        Assert.Contains(asking.Log.Lines, line => line.Contains("failed 5 times in a row", StringComparison.Ordinal));

        asking.Time.Pass(CircuitBreaker.ProbeAfter);
        await AskAsync(asking, service, times: 2);
        Assert.Equal(6, service.Asked);

        service.Answer = context => PolicyService.Json(context, """{"decision":"ALLOW"}""");
        asking.Time.Pass(CircuitBreaker.ProbeAfter);
        Assert.IsType<PolicyAnswer.Advised>(await asking.AskAsync(service.Url));
        Assert.IsType<PolicyAnswer.Advised>(await asking.AskAsync(service.Url));
        Assert.Contains("answers again", asking.Log.Lines[^1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task No_agent_can_close_a_service_to_others_by_what_it_asks()
    {
        await using var service = await PolicyService.OpenAsync(context =>
        {
            context.Response.StatusCode = StatusCodes.Status400BadRequest;
            return Task.CompletedTask;
        });
        using var asking = new Asking();
        await AskAsync(asking, service, times: 10);
        Assert.Equal(10, service.Asked);
    }

    [Fact]
    public void A_success_in_between_starts_the_count_anew()
    {
        var breaker = new CircuitBreaker(_time);
        for (var times = 0; times < 20; times++)
        {
            Assert.False(breaker.Failed(breaker.TryEnter()!.Value));
            Assert.False(breaker.Failed(breaker.TryEnter()!.Value));
            Assert.False(breaker.Succeeded(breaker.TryEnter()!.Value));
        }
    }

    [Fact]
    public void Only_one_call_tries_whether_it_is_well_again()
    {
        var breaker = Open();
        _time.Pass(CircuitBreaker.ProbeAfter - TimeSpan.FromTicks(1));
        Assert.Null(breaker.TryEnter());
        _time.Pass(TimeSpan.FromTicks(1));

        Assert.Single(Enumerable.Range(0, 64).AsParallel().Select(_ => breaker.TryEnter()), ticket => ticket is not null);
    }

    [Fact]
    public void What_was_under_way_when_it_opened_neither_closes_nor_prolongs_it()
    {
        var breaker = new CircuitBreaker(_time);
        var early = breaker.TryEnter()!.Value;
        for (var times = 0; times < CircuitBreaker.MostFailures; times++)
        {
            breaker.Failed(breaker.TryEnter()!.Value);
        }

        _time.Pass(CircuitBreaker.ProbeAfter / 2);
        Assert.False(breaker.Succeeded(early));
        Assert.False(breaker.Failed(early));
        Assert.Null(breaker.TryEnter());
        _time.Pass(CircuitBreaker.ProbeAfter / 2);
        Assert.True(breaker.Succeeded(breaker.TryEnter()!.Value));
    }

    [Fact]
    public void However_many_fail_at_once_it_opens_once()
    {
        var breaker = new CircuitBreaker(_time);
        var tickets = Enumerable.Range(0, 64).Select(_ => breaker.TryEnter()!.Value).ToArray();

        Assert.Single(tickets.AsParallel().Select(breaker.Failed), opened => opened);
        Assert.Null(breaker.TryEnter());
    }

    private CircuitBreaker Open()
    {
        var breaker = new CircuitBreaker(_time);
        for (var times = 0; times < CircuitBreaker.MostFailures; times++)
        {
            Assert.Equal(times == CircuitBreaker.MostFailures - 1, breaker.Failed(breaker.TryEnter()!.Value));
        }

        return breaker;
    }

    private static Task Fail(HttpContext context)
    {
        context.Response.StatusCode = StatusCodes.Status500InternalServerError;
        return Task.CompletedTask;
    }

    private static async Task AskAsync(Asking asking, PolicyService service, int times)
    {
        for (var time = 0; time < times; time++)
        {
            Assert.IsType<PolicyAnswer.Unavailable>(await asking.AskAsync(service.Url));
        }
    }
}
