using Gantral.Silo.Gateway.Reference;
using Gantral.Silo.Tests.Node;

namespace Gantral.Silo.Tests.Reference;

/// <summary>The examples of the reference are real: each is sent to a real silo, and what it answers is what the reference shows.</summary>
public sealed class ReferenceStoryTests(ReferenceStory story) : IClassFixture<ReferenceStory>
{
    private const string Record = "GANTRAL_RECORD_EXAMPLES";

    [Fact]
    public void Every_example_is_answered_with_the_status_the_headers_and_the_body_that_are_described()
    {
        foreach (var (operation, example, answered, _) in story.Told)
        {
            var described = operation.Described.Answers[0];
            Assert.True(described.Status == answered.Status, $"{operation.Described.Id} {example.Name}: {answered.Status} {answered.Body?.ToJsonString()}");
            ServedDocument.Check(operation, answered);
            Assert.Equal(described.HasLocation, answered.Headers.Location is not null);
            Assert.Equal(described.IsFile, answered.ContentHeaders.ContentDisposition is not null);
        }
    }

    [Fact]
    public async Task Whatever_is_made_is_where_it_is_said_to_be()
    {
        foreach (var (_, _, answered, _) in story.Told.Where(told => told.Answered.Headers.Location is not null))
        {
            var at = answered.Headers.Location!.OriginalString;
            Assert.Equal(200, (await story.Silo.GetAsAsync(story.Silo.Token("alice: release-manager", "payments"), at)).Status);
        }
    }

    [Fact]
    public void Every_answer_that_is_shown_is_the_one_that_was_given()
    {
        var folder = Path.Combine(NodeService.Root(), "silo", "Gateway", "Reference", "Recorded");
        var given = story.Told.Where(told => told.Text.Length > 0 && told.Operation.Described.Tag != "Reference").ToList();
        if (Environment.GetEnvironmentVariable(Record) == "1")
        {
            foreach (var (operation, example, _, text) in given)
            {
                File.WriteAllText(Path.Combine(folder, RecordedAnswer.FileName(operation.Described, example)), text);
            }

            return;
        }

        foreach (var (operation, example, _, text) in given)
        {
            Assert.True(
                text == RecordedAnswer.Of(operation.Described, example),
                $"The answer to {operation.Described.Id} {example.Name} is not the one that is shown; if it should be, record it with {Record}=1 and build again. It is now:\n{text}");
        }

        Assert.Equal(
            given.Select(told => RecordedAnswer.FileName(told.Operation.Described, told.Example)).Order(StringComparer.Ordinal),
            Directory.EnumerateFiles(folder).Select(file => Path.GetFileName(file)!).Order(StringComparer.Ordinal));
    }
}
