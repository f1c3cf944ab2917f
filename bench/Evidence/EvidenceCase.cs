using Gantral.Abstractions.Evidence;
using Gantral.Bench.Running;
using Gantral.Bench.Workload;
using Gantral.Evidence.Entries;
using Gantral.Evidence.Json;
using Gantral.Evidence.Log;

namespace Gantral.Bench.Evidence;

/// <summary>What the evidence of one transition costs a silo, without its storage.</summary>
internal sealed class EvidenceCase : IBenchCase
{
    private const int Times = 500;

    /// <inheritdoc/>
    public string Name => "evidence";

    /// <inheritdoc/>
    public string About => "entries made per second of one core (private content canonicalised and hashed, bytes fixed, leaf hashed, tree grown), against bare SHA-256 of the same leaves and one node each.";

    /// <inheritdoc/>
    public Task<IReadOnlyList<CaseResult>> MeasureAsync(BenchRun run)
    {
        using var lives = new TypicalLives();
        var drafts = lives.Log.Entries.Select(entry => new EntryDraft(entry)).ToArray();
        var lengths = lives.Log.Entries.Select(entry => entry.Bytes.Span.Length).ToArray();
        var (figure, ceiling) = PerCore.Rates(run, Name, (long)drafts.Length * Times, () => Make(drafts), () => BareHash.Run(lengths, Times));
        return Task.FromResult<IReadOnlyList<CaseResult>>(
        [
            new CaseResult(Name, figure, "entries/s/core") { Ceiling = ceiling, Notes = [$"an entry has {lengths.Average():N0} bytes on average"] },
        ]);
    }

    private static void Make(EntryDraft[] drafts)
    {
        var tree = new Frontier();
        for (var time = 0; time < Times; time++)
        {
            foreach (var draft in drafts)
            {
                var made = draft.Seal();
                if (made.Hash != draft.Expected)
                {
                    throw new WrongAnswerException($"entry {draft.Entry.Sequence} of {draft.Entry.Subject.Id} has got another hash");
                }

                tree.Append(made.Hash);
            }
        }
    }

    /// <summary>An entry before its bytes are fixed, with its private content as a client spells it.</summary>
    private sealed class EntryDraft
    {
        private readonly (PrivateField Field, byte[] Sent)[] _content;

        public EntryDraft(SealedEntry made)
        {
            Entry = made.Entry with { PayloadHash = null };
            Expected = made.Hash;
            _content = [.. made.Payload.Select(field => (field, ClientSpelling.Of(field.Value)))];
        }

        public Entry Entry { get; }

        public Digest Expected { get; }

        public SealedEntry Seal()
        {
            var fields = new PrivateField[_content.Length];
            for (var i = 0; i < fields.Length; i++)
            {
                var (field, sent) = _content[i];
                if (!CanonicalJson.TryCanonicalize(sent, JsonLimits.Default, out var canonical, out var fault))
                {
                    throw new WrongAnswerException($"{field.Name} was refused: {fault.Message}");
                }

                fields[i] = field with { Value = canonical };
            }

            return SealedEntry.Seal(Entry, fields);
        }
    }
}
