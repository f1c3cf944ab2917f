using System.Globalization;
using Gantral.Abstractions.Authority;
using Gantral.Abstractions.Vocabulary;
using Gantral.Evidence.Entries;
using Gantral.Evidence.Log;
using Gantral.Lives;
using Xunit.Sdk;

namespace Gantral.Grains.Tests.Model;

/// <summary>One random life, lived by the core and by the model at once.</summary>
internal sealed class Play
{
    private const int MostAfterwards = 6;

    private readonly List<Move> _moves = [];
    private readonly Stagehand _stage;
    private readonly AuthorityModel _model;
    private readonly MoveMaker _maker;
    private readonly string _name;
    private readonly List<SealedEntry> _entries = [];
    private int _afterwards;

    public Play(PaperLog log, int seed, int number)
    {
        _name = string.Create(CultureInfo.InvariantCulture, $"{seed}/{number}");
        var random = new Random(unchecked((seed * 486187739) + number));
        var observes = random.Next(5) == 0;
        var materiality = random.Next(4);
        var lenient = random.Next(2) == 0;
        string[] defaults = random.Next(3) == 0 ? [] : ["manager"];
        Terms = string.Create(CultureInfo.InvariantCulture, $"observes: {observes}, materiality: {materiality}, lenient: {lenient}, defaults: {defaults.Length}");
        _model = new AuthorityModel(observes, materiality, lenient, defaults);
        _stage = new Stagehand(Stagehand.Raise(log, _name, observes, materiality, lenient, defaults));
        _maker = new MoveMaker(random, _model, log.Now.UnixMilliseconds);
        Length = random.Next(2, 31);
    }

    public string Terms { get; }

    public int Length { get; }

    public Life Life => _stage.Life;

    public IReadOnlyList<SealedEntry> Entries => _entries;

    /// <summary>Lives it, and fails at the first difference with every move that led there.</summary>
    public Play Run()
    {
        try
        {
            // What follows an end is tried, but not for the rest of every play.
            while (_moves.Count < Length && (_model.State is not ("COMPLETED" or "TERMINATED") || _afterwards++ < MostAfterwards))
            {
                _moves.Add(_maker.Next());
                Step(_moves[^1]);
            }
        }
        catch (Exception fault) when (fault is not OutOfMemoryException)
        {
            throw new XunitException($"{fault.Message}\nplay {_name} with {Terms}\n{string.Join('\n', _moves)}\n{Scale.Repeat(int.Parse(_name.Split('/')[0], CultureInfo.InvariantCulture))}", fault);
        }

        return this;
    }

    private void Step(Move move)
    {
        var before = Life.Instance;
        var expected = _model.Take(move);
        var (said, ruling) = _stage.Do(move);
        Assert.Equal(expected, said);
        if (ruling is null)
        {
            return;
        }

        if (ruling.Entries.IsEmpty)
        {
            Assert.Same(before, ruling.Instance);
        }

        foreach (var entry in ruling.Entries)
        {
            CheckEntry(entry);
            _entries.Add(entry);
        }

        CheckInstance(ruling.Instance);
    }

    private void CheckEntry(SealedEntry entry)
    {
        var read = EntryReader.Read(entry.Bytes.Span);
        Assert.Equal(entry.Bytes, EntryWriter.Write(read));
        Assert.Equal(TreeHash.Leaf(entry.Bytes.Span), entry.Hash);
        Assert.Equal(_entries.Count + 1, read.Sequence);
        Assert.Equal(_entries.Count == 0 ? default : _entries[^1].Hash, read.PrevHash);
        Assert.Equal(_entries.Count == 0 ? null : _entries[^1].Entry.State, read.FromState);
        Assert.Equal(_entries.Count == 0 ? read.At : Instant.Later(read.At, _entries[^1].Entry.At), read.At);
        Assert.Equal(entry.Payload.IsEmpty ? null : PayloadHashing.Over(entry.Payload), read.PayloadHash);
    }

    private void CheckInstance(Instance? instance)
    {
        Assert.Equal(_model.State, instance is null ? "NONE" : WireName.Of(instance.State));
        if (instance is null)
        {
            return;
        }

        Assert.Equal(_model.Sequence, instance.Sequence);
        Assert.Equal(_model.Last, instance.UpdatedAt.UnixMilliseconds);
        Assert.Equal(_model.ExecuteBy, instance.ExecuteBy?.UnixMilliseconds);
        Assert.Equal(Text(_model.Context), instance.Context?.ToString());
        Assert.Equal(_model.State == "WAITING_FOR_HUMAN", instance.Pending is not null);
        if (_model.Gate is { } gate && instance.Pending is { } pending)
        {
            Assert.Equal(gate.Eligible, pending.Request.EligibleApproverRoles.AsEnumerable());
            Assert.Equal(gate.DecideBy, pending.Request.DecideBy?.UnixMilliseconds);
            Assert.Equal(gate.Approvals.Count, pending.Approvals.Length);
            Assert.Equal(Text(gate.Shown), pending.Snapshot?.Value.ToString());
            Assert.Equal(gate.AskedBy, pending.RequestedBy.Id);
        }

        Assert.Equal(instance.State == ExecutionState.Terminated, instance.Reason is not null);
    }

    private static string? Text(SortedDictionary<string, int>? context) =>
        context is null ? null : $"{{{string.Join(',', context.Select(member => $"\"{member.Key}\":{member.Value.ToString(CultureInfo.InvariantCulture)}"))}}}";
}
