using Gantral.Abstractions.Evidence;
using Gantral.Abstractions.Grains;
using Gantral.Silo.Gateway.Answers;
using Gantral.Silo.Gateway.Queues;
using Gantral.Silo.Gateway.Requests;

namespace Gantral.Silo.Gateway.Instances;

/// <summary>Private content that is erased because somebody who may says so.</summary>
internal sealed class RedactionOperations(IGrains grains, IWorkQueues queues)
{
    private readonly TeamInstances _instances = new(grains);
    private readonly InstanceAnswers _answers = new(queues);

    /// <summary><c>POST /v1/instances/{instance_id}/redactions</c></summary>
    public async ValueTask<Answer> RedactAsync(ApiRequest request)
    {
        var fields = new BodyFields(request.Body);
        var redaction = new Redaction(fields.Integer("sequence"), fields.OptionalNames("fields") ?? []);
        var justification = fields.OptionalText("justification");
        if (justification is null)
        {
            fields.Fail("justification", "is missing; say why, without repeating what is erased");
        }

        if (redaction.Fields.IsEmpty || redaction.Fields.Except(PrivateFieldNames.All).Any())
        {
            fields.Fail("fields", $"must name some of {string.Join(", ", PrivateFieldNames.All)}");
        }

        return fields.End() is { } refusal
            ? Answer.Refused(refusal)
            : await _answers.AfterAsync(await _instances.CommandAsync(request, (instance, caller) => instance.RedactAsync(caller, redaction, justification!)));
    }
}
