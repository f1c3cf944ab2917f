using System.Globalization;
using System.Text.Json;

namespace Gantral.Silo.Adapters;

/// <summary>Slack's incoming webhooks: a text for notifications, and a block that is shown.</summary>
internal sealed class SlackAdapter : IMessageAdapter
{
    private const int MostRoles = 10;

    public ReadOnlyMemory<byte> Write(Notice notice)
    {
        var about = notice.Step is { } step ? $"{notice.Workflow}: {step}" : notice.Workflow;
        var headline = notice.Roles.Count > 0 ? $"{about} waits for {Roles(notice.Roles)}" : $"{about} is {notice.What}";
        var lines = new List<string> { $"*{Plain(headline)}*" };
        if (notice.Until is { } until)
        {
            lines.Add($"Until {Time(until)}");
        }

        if (notice.Link is { } link)
        {
            lines.Add($"<{Plain(link.AbsoluteUri)}|Look and decide>");
        }

        return JsonSerializer.SerializeToUtf8Bytes(new
        {
            text = Plain(headline),
            blocks = new[] { new { type = "section", text = new { type = "mrkdwn", text = string.Join('\n', lines) } } },
        });
    }

    // These three are all that Slack reads as its own: a name cannot call a whole channel.
    private static string Plain(string text) =>
        text.Replace("&", "&amp;", StringComparison.Ordinal).Replace("<", "&lt;", StringComparison.Ordinal).Replace(">", "&gt;", StringComparison.Ordinal);

    private static string Roles(IReadOnlyList<string> roles) =>
        string.Join(" or ", roles.Take(MostRoles)) + (roles.Count > MostRoles ? $" or {roles.Count - MostRoles} more" : "");

    // Shown by the reader's own clock; the text behind the bar where that cannot be.
    private static string Time(DateTimeOffset until) => string.Create(
        CultureInfo.InvariantCulture, $"<!date^{until.ToUnixTimeSeconds()}^{{date_short_pretty}} {{time}}|{until.UtcDateTime:yyyy-MM-dd HH:mm} UTC>");
}
