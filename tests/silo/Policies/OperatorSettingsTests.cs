using Gantral.Abstractions.Authority;
using Gantral.Silo.Hosting;
using Gantral.Silo.Policies;
using Gantral.Silo.Tests.Embedded;
using Gantral.Silo.Tests.Hosting;
using Microsoft.Extensions.Configuration;

namespace Gantral.Silo.Tests.Policies;

/// <summary>What the operator configures becomes entries, once.</summary>
public sealed class OperatorSettingsTests
{
    private const string Required = "required_policies/payments/LOW";

    [Fact]
    public async Task What_is_configured_is_written_once_and_governs_from_then_on()
    {
        using var house = await SiloHouse.OpenAsync();
        var settings = From(("RequiredPolicies:payments:LOW:0", "p@1"), ("Modes:payments", "OBSERVE"), ("PolicyUnavailable:LOW", "REQUIRE_HUMAN"));
        var log = new RecordedLog();
        await settings.WriteAsync(house.Host, log);
        var entries = house.Log.Entries.Count;
        await settings.WriteAsync(house.Host, log);

        Assert.Equal((entries, 3), (house.Log.Entries.Count, log.Lines.Count));
        var binding = (await house.Host.Instance(await house.RunningAsync()).ReadAsync())!.Binding;
        Assert.Equal((Mode.Observe, "p@1"), (binding.Mode, Assert.Single(binding.RequiredPolicies).PolicyVersionId));
        Assert.Equal(["mode/payments", "policy_unavailable/LOW", Required], binding.Settings.Select(setting => setting.SettingId));
        house.MustBeValid();
    }

    [Fact]
    public async Task What_is_left_out_stays_and_what_is_emptied_is_taken_back()
    {
        using var house = await SiloHouse.OpenAsync();
        await From(("RequiredPolicies:payments:LOW:0", "p@1"), ("Modes:payments", "OBSERVE")).WriteAsync(house.Host, new RecordedLog());
        await From().WriteAsync(house.Host, new RecordedLog());
        Assert.Equal("""["p@1"]""", (await house.Host.Setting(Required).ReadAsync())!.Value.ToString());

        await From(("RequiredPolicies:payments:LOW", ""), ("Modes:payments", "")).WriteAsync(house.Host, new RecordedLog());
        var binding = (await house.Host.Instance(await house.RunningAsync()).ReadAsync())!.Binding;
        Assert.Equal((Mode.Enforce, 0, 2), (binding.Mode, binding.RequiredPolicies.Length, binding.Settings.Length));
        house.MustBeValid();
    }

    [Theory]
    [InlineData("RequiredPolicies:payments:HUGE:0", "p@1", "one of LOW, MEDIUM, HIGH, CRITICAL")]
    [InlineData("RequiredPolicies:payments:LOW", "p@1", "must be a list of policy versions")]
    [InlineData("RequiredPolicies:payments:LOW:0", "", "must not be empty")]
    [InlineData("Modes:payments", "OFF", "must be one of ENFORCE, OBSERVE")]
    [InlineData("Modes:*", "OBSERVE", "must name one team")]
    [InlineData("PolicyUnavailable:HIGH", "REQUIRE_HUMAN", "only LOW and MEDIUM")]
    [InlineData("PolicyUnavailable:LOW", "ALLOW", "must be one of REQUIRE_HUMAN, TERMINATE")]
    public void What_cannot_be_meant_is_refused_with_its_place(string key, string value, string sentence)
    {
        var message = Assert.Throws<ConfigurationRefusedException>(() => From((key, value))).Message;
        Assert.StartsWith("Gantral:", message, StringComparison.Ordinal);
        Assert.Contains(sentence, message, StringComparison.Ordinal);
    }

    private static OperatorSettings From(params (string Key, string Value)[] settings) => OperatorSettings.From(
        new ConfigurationBuilder().AddInMemoryCollection(settings.Select(setting => KeyValuePair.Create<string, string?>($"Gantral:{setting.Key}", setting.Value))).Build());
}
