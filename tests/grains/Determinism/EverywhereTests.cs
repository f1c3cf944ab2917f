using System.Globalization;
using System.Text;
using Gantral.Abstractions.Authority;
using Gantral.Abstractions.Commands;
using Gantral.Abstractions.Evidence;
using Gantral.Grains.Tests.Model;
using Gantral.Lives;

namespace Gantral.Grains.Tests.Determinism;

/// <summary>The same inputs give the same bytes and the same words, wherever the machine believes to be.</summary>
[Collection(nameof(OneProcess))]
public sealed class EverywhereTests
{
    private static readonly string Expected = In(CultureInfo.InvariantCulture, "UTC");

    [Theory]
    [InlineData("tr-TR")]
    [InlineData("ar-SA")]
    [InlineData("fa-IR")]
    [InlineData("th-TH")]
    [InlineData("de-DE")]
    [InlineData("sv-SE")]
    public void The_same_in_every_culture(string name)
    {
        var culture = CultureInfo.GetCultureInfo(name);

        // Without the data of the culture this would prove nothing.
        Assert.NotEqual(CultureInfo.InvariantCulture.DateTimeFormat.LongDatePattern, culture.DateTimeFormat.LongDatePattern);
        Assert.Equal(Expected, In(culture, "UTC"));
    }

    [Theory]
    [InlineData("America/St_Johns", -150)]
    [InlineData("Pacific/Kiritimati", 840)]
    [InlineData("Asia/Kathmandu", 345)]
    [InlineData("Pacific/Pago_Pago", -660)]
    public void The_same_in_every_time_zone(string zone, int minutes) =>
        Assert.Equal(Expected, In(CultureInfo.GetCultureInfo("ar-SA"), zone, minutes));

    [Fact]
    public void The_same_a_second_time() => Assert.Equal(Expected, In(CultureInfo.InvariantCulture, "UTC"));

    private static string In(CultureInfo culture, string zone, int? minutes = null)
    {
        var (before, ui, tz) = (CultureInfo.CurrentCulture, CultureInfo.CurrentUICulture, Environment.GetEnvironmentVariable("TZ"));
        try
        {
            (CultureInfo.CurrentCulture, CultureInfo.CurrentUICulture) = (culture, culture);
            Environment.SetEnvironmentVariable("TZ", zone);
            TimeZoneInfo.ClearCachedData();
            if (minutes is { } expected)
            {
                var summer = new DateTime(2026, 7, 1, 0, 0, 0, DateTimeKind.Utc);
                Assert.Equal(TimeSpan.FromMinutes(expected), TimeZoneInfo.Local.GetUtcOffset(summer));
            }

            return Everything();
        }
        finally
        {
            (CultureInfo.CurrentCulture, CultureInfo.CurrentUICulture) = (before, ui);
            Environment.SetEnvironmentVariable("TZ", tz);
            TimeZoneInfo.ClearCachedData();
        }
    }

    // Three hundred random lives, and the words of refusals that hold numbers and times.
    private static string Everything()
    {
        var text = new StringBuilder();
        for (var number = 0; number < 300; number++)
        {
            foreach (var entry in new Play(Stage.Log(), 20260301, number).Run().Entries)
            {
                text.AppendLine(entry.Bytes.ToString());
            }
        }

        var life = Stage.Waiting(Life.Ask(TimeSpan.FromDays(1234.5), approvals: 12));
        var lent = life.Delegate("alice", "bob", TimeSpan.FromMinutes(1));
        text.AppendLine(life.Rule(id => life.Decision(id, "bob", DecisionType.Override, delta: """{"I":1.5,"i":-2e21}""")).Refusal!.Message);
        text.AppendLine(life.Wait(TimeSpan.FromHours(1)).Rule(id => life.Decision(id, "bob", DecisionType.Approve) with { Delegation = lent }).Refusal!.Message);
        text.AppendLine(life.Rule(id => new Command.Redact(Life.Person("officer"), id, new Redaction(-1, ["ı"]), "because")).Refusal!.Message);
        text.AppendLine(Said.Of(life.Do(id => life.Decision(id, "carol", DecisionType.Reject)).Rule(id => new Command.Cancel(Life.Agent, id, null))));
        return text.ToString();
    }
}
