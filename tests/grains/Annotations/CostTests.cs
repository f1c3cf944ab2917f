using Gantral.Abstractions.Commands;
using Gantral.Abstractions.Evidence;
using Gantral.Lives;

namespace Gantral.Grains.Tests.Annotations;

/// <summary>Money that is spent: recorded in one spelling, and added up without losing anything.</summary>
public sealed class CostTests
{
    public static TheoryData<string, string, string> Unreadable { get; } = new()
    {
        { "currency", "", "1" },
        { "currency", "usd", "1" },
        { "currency", "EURO", "1" },
        { "amount", "USD", "" },
        { "amount", "USD", "-1" },
        { "amount", "USD", "+1" },
        { "amount", "USD", "1e3" },
        { "amount", "USD", ".5" },
        { "amount", "USD", "1." },
        { "amount", "USD", "00" },
        { "amount", "USD", "1 000" },
        { "amount", "USD", "10000000000000000000000000000" },
    };

    [Theory]
    [MemberData(nameof(Unreadable))]
    public void A_cost_that_cannot_be_added_up_is_refused_by_its_field_wherever_it_comes_with(string field, string currency, string amount)
    {
        var cost = new Cost(currency, amount);
        foreach (var command in new Func<Digest, Command>[]
        {
            id => new Command.RecordCost(Life.Agent, id, cost),
            id => new Command.Complete(Life.Runner, id) { Cost = cost },
            id => new Command.Fail(Life.Runner, id, null) { Cost = cost },
            id => new Command.Suspend(Life.Runner, id, null, Life.Ask()) { Cost = cost },
        })
        {
            var life = Stage.Running();
            life.RefusesWithoutTrace("invalid_body", command);
            Assert.Contains($"The cost's {field} ", life.Rule(command).Refusal!.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void An_instance_has_one_exact_sum_for_each_currency_also_once_it_has_ended()
    {
        var life = Stage.Running()
            .Do(id => new Command.RecordCost(Life.Agent, id, new Cost("USD", "0.1")))
            .Do(id => new Command.RecordCost(Life.Agent, id, new Cost("EUR", "1")))
            .Complete(new Cost("USD", "0.20"))
            .Do(id => new Command.RecordCost(Life.Agent, id, new Cost("USD", "0")));

        Assert.Equal([new Cost("EUR", "1"), new Cost("USD", "0.30")], life.Instance!.Costs.AsEnumerable());
    }

    [Theory]
    [InlineData("0", "0", "0")]
    [InlineData("0.05", "0.05", "0.10")]
    [InlineData("999", "1.001", "1000.001")]
    [InlineData("9999999999999999999999999999", "9999999999999999999999999999", "19999999999999999999999999998")]
    [InlineData("0.00000000000000000000000001", "9999999999999999999999999999", "9999999999999999999999999999.00000000000000000000000001")]
    public void Sums_are_exact_whatever_their_length(string one, string other, string sum)
    {
        Assert.Equal(sum, new Cost("USD", one).Plus(new Cost("USD", other)).Amount);
        Assert.Equal(sum, new Cost("USD", other).Plus(new Cost("USD", one)).Amount);
    }

    [Fact]
    public void Currencies_do_not_add_up() => Assert.Throws<ArgumentException>(() => new Cost("USD", "1").Plus(new Cost("EUR", "1")));
}
