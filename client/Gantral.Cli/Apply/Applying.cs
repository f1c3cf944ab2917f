using System.Text.Json.Nodes;
using Gantral.Cli.Decisions;
using Gantral.Cli.Instances;
using Gantral.Cli.Terminal;
using Gantral.Client;

namespace Gantral.Cli.Apply;

/// <summary>Holds definitions against what is registered, and registers what is not.</summary>
internal sealed class Applying(GantralClient client, CancellationToken interrupted)
{
    /// <summary>Those that are not registered. One that is registered with other content ends the command.</summary>
    public async Task<HashSet<Definition>> CompareAsync(IEnumerable<Definition> definitions)
    {
        var isNew = new HashSet<Definition>();
        foreach (var definition in definitions)
        {
            if (await RegisteredAsync(definition).ConfigureAwait(false) is not { } registered)
            {
                isNew.Add(definition);
            }
            else if (Difference.Between(Snapshot.Canonical(registered), definition.Kept).FirstOrDefault() is { } first)
            {
                throw new CommandRefusedException(ExitStatus.Overtaken, $"{definition.Name} is registered with other content: {Words(definition, first)}. A version never changes: give the content of {Printable.Text(definition.File)} another one.");
            }
        }

        return isNew;
    }

    /// <summary>Registers a definition as it was written.</summary>
    public async Task RegisterAsync(Definition definition)
    {
        try
        {
            await (definition.Kind switch
            {
                DefinitionKind.Policy => (Task)client.Policies.RegisterAsync(definition.Body.Memory, interrupted),
                DefinitionKind.Connection => client.Connections.RegisterAsync(definition.Body.Memory, interrupted),
                _ => client.Workflows.RegisterAsync(definition.Body.Memory, interrupted),
            }).ConfigureAwait(false);
        }
        catch (GantralException refused) when (!refused.IsPassing)
        {
            var status = refused.Code == ProblemCode.VersionExists ? ExitStatus.Overtaken : ExitStatus.Unavailable;
            throw new CommandRefusedException(status, $"{definition.Name} of {Printable.Text(definition.File)}: {Printable.Text(refused.Detail)}", refused);
        }
    }

    private async Task<JsonObject?> RegisteredAsync(Definition definition)
    {
        try
        {
            return definition.Kind switch
            {
                DefinitionKind.Policy => (await client.Policies.GetAsync($"{definition.Id}@{definition.Version}", interrupted).ConfigureAwait(false)).Definition,
                DefinitionKind.Connection => Of(await client.Connections.GetAsync(definition.Id, definition.Version, interrupted).ConfigureAwait(false)),
                _ => (await client.Workflows.GetAsync(definition.Id, definition.Version, interrupted).ConfigureAwait(false)).Definition,
            };
        }
        catch (GantralException refused) when (refused.Code == ProblemCode.NotFound)
        {
            return null;
        }
    }

    private static JsonObject Of(RegisteredConnection connection) => new()
    {
        ["connection_id"] = connection.ConnectionId,
        ["version"] = connection.Version,
        ["reference"] = connection.Reference,
    };

    // Somebody may have written a secret where a reference belongs.
    private static string Words(Definition definition, Difference first) => definition.Kind == DefinitionKind.Connection
        ? $"{Printable.Text(first.Path)} is another"
        : $"{Printable.Text(first.Path)} is {Printable.Text(first.Before ?? "not there")} in it and {Printable.Text(first.After ?? "not there")} here";
}
