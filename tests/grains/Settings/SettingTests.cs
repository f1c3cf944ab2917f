using Gantral.Abstractions.Definitions;
using Gantral.Abstractions.Grains;
using Gantral.Abstractions.Refusals;
using Gantral.Grains.Settings;
using Gantral.Grains.Tests.Instances;
using Gantral.Lives;

namespace Gantral.Grains.Tests.Settings;

/// <summary>Settings of the operator: every value is an entry.</summary>
public sealed class SettingTests
{
    private const string Mode = "mode/payments";

    [Fact]
    public async Task A_value_is_an_entry_and_the_same_value_again_writes_nothing()
    {
        var house = await House.OpenAsync();
        var first = await WriteAsync(house.Grains, Mode, "\"OBSERVE\"");
        var entries = house.Log.Entries.Count;

        Assert.Equal(first.Version!.Reference, (await WriteAsync(house.Grains, Mode, "\"OBSERVE\"")).Version!.Reference);
        Assert.Equal(entries, house.Log.Entries.Count);

        var second = await WriteAsync(house.NewProcess(), Mode, "\"ENFORCE\"");
        Assert.Equal(house.Log.Entries[^1].Hash, second.Version!.Reference.EntryHash);
        Assert.Equal("\"OBSERVE\"", (await house.Grains.Setting(Mode).ReadAsync(first.Version.Reference.EntryHash))!.Value.ToString());
        Assert.Equal("\"ENFORCE\"", (await house.Grains.Setting(Mode).ReadAsync(second.Version.Reference.EntryHash))!.Value.ToString());
        house.MustBeValid();
    }

    [Fact]
    public async Task What_another_process_wrote_is_seen_a_second_later_at_the_latest()
    {
        var house = await House.OpenAsync();
        var here = house.Grains.Setting(Mode);
        Assert.Null(await here.ReadAsync());
        await WriteAsync(house.NewProcess(), Mode, "\"OBSERVE\"");

        Assert.Null(await here.ReadAsync());
        house.Log.Now = house.Log.Now.Plus(SettingGrain.Freshness);
        Assert.NotNull(await here.ReadAsync());
    }

    [Fact]
    public async Task What_is_fresh_is_not_read_again()
    {
        var house = await House.OpenAsync();
        await house.Grains.Setting(Mode).ReadAsync();
        var reads = house.Ledger.Reads;

        await house.Grains.Setting(Mode).ReadAsync();

        Assert.Equal(reads, house.Ledger.Reads);
    }

    [Fact]
    public async Task Two_processes_that_write_at_once_write_one_after_the_other()
    {
        var house = await House.OpenAsync();
        house.Ledger.OnCommit = _ => LedgerFault.HeldBefore;
        var here = WriteAsync(house.Grains, Mode, "\"OBSERVE\"");
        var there = WriteAsync(house.NewProcess(), Mode, "\"OBSERVE\"");
        house.Ledger.OnCommit = _ => LedgerFault.None;
        house.Ledger.Release();
        house.Ledger.Release();

        Assert.Equal((await here).Version!.Reference, (await there).Version!.Reference);
        house.MustBeValid();
    }

    [Theory]
    [InlineData(LedgerFault.Unavailable, RefusalCode.StorageUnavailable)]
    [InlineData(LedgerFault.Rejected, RefusalCode.EvidenceFailure)]
    [InlineData(LedgerFault.Conflict, RefusalCode.Overloaded)]
    public async Task What_the_ledger_did_not_take_is_no_value(LedgerFault fault, RefusalCode code)
    {
        var house = await House.OpenAsync();
        house.Ledger.OnCommit = _ => fault;

        Assert.Equal(code, (await WriteAsync(house.Grains, Mode, "\"OBSERVE\"")).Refusal!.Code);
        Assert.Null(await house.Grains.Setting(Mode).ReadAsync());
    }

    [Theory]
    [InlineData("mode/*", "\"OBSERVE\"")]
    [InlineData("mode/", "\"OBSERVE\"")]
    [InlineData("mode/payments", "\"observe\"")]
    [InlineData("mode/payments", "{}")]
    [InlineData("required_policies/payments", "[]")]
    [InlineData("required_policies//LOW", "[]")]
    [InlineData("required_policies/payments/low", "[]")]
    [InlineData("required_policies/payments/LOW", "{}")]
    [InlineData("required_policies/payments/LOW", "[1]")]
    [InlineData("required_policies/payments/LOW", "[\"a@1\",\"a@1\"]")]
    [InlineData("policy_unavailable/HIGH", "\"REQUIRE_HUMAN\"")]
    [InlineData("policy_unavailable/CRITICAL", "\"TERMINATE\"")]
    [InlineData("policy_unavailable/LOW", "\"ALLOW\"")]
    [InlineData("log/gantral.example", "\"mine\"")]
    [InlineData("anything", "true")]
    public async Task What_is_no_setting_or_no_value_of_it_is_refused(string id, string value)
    {
        var house = await House.OpenAsync();
        var commits = house.Ledger.Commits;

        var refusal = (await WriteAsync(house.Grains, id, value)).Refusal!;

        Assert.Equal((RefusalCode.InvalidBody, commits), (refusal.Code, house.Ledger.Commits));
        Assert.StartsWith(id, refusal.Message, StringComparison.Ordinal);
    }

    private static Task<Registration<Setting>> WriteAsync(PlainGrains grains, string id, string value) =>
        grains.Setting(id).WriteAsync(House.Caller($"{id} {value}", "operator-1"), Life.Json(value)).AsTask();
}
