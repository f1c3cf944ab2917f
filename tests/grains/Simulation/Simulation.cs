using System.Globalization;
using Gantral.Abstractions.Authority;
using Gantral.Abstractions.Grains;
using Gantral.Grains.Ledger;
using Gantral.Grains.Tests.Instances;
using Gantral.Lives;

namespace Gantral.Grains.Tests.Simulation;

/// <summary>
/// Several silos, one ledger, many clients and everything that can go wrong, on one thread and from one seed. Whatever
/// waits goes on only when the simulation says so, so the same seed is the same history.
/// </summary>
internal sealed class Simulation
{
    private const int Silos = 3;
    private const int Steps = 160;

    private readonly Random _random;
    private readonly House _house;
    private readonly SimulatedSilo[] _silos;
    private readonly OperationMaker _maker;
    private readonly List<Operation> _operations = [];
    private readonly List<(Operation Operation, SimulatedSilo Silo, Task<Reply> Answer)> _running = [];
    private readonly Action<string> _count;
    private bool _isCalm;

    public Simulation(int seed, House house, Action<string> count)
    {
        (_random, _house, _count) = (new Random(seed), house, count);
        _silos = [.. Enumerable.Range(0, Silos).Select(_ => new SimulatedSilo(house))];
        _maker = new OperationMaker(_random, house);
        house.Ledger.OnCommit = Fault;
        house.Ledger.OnRead = _ => _isCalm || _random.Next(50) > 0;
    }

    /// <summary>What was asked, for whoever reads a failure.</summary>
    public IReadOnlyList<Operation> Operations => _operations;

    /// <summary>Lives through it and checks what came of it.</summary>
    public async Task RunAsync()
    {
        for (var step = 0; step < Steps; step++)
        {
            Step();
            Listen();
        }

        _isCalm = true;
        while (_house.Ledger.Held > 0)
        {
            _house.Ledger.Release(_random.Next(_house.Ledger.Held));
            Listen();
        }

        Assert.Empty(_running);
        AskAgain();
        await Invariants.CheckAsync(_house, _operations);
    }

    private void Step()
    {
        switch (_random.Next(20))
        {
            case < 9:
                Send(_maker.Next());
                break;
            case < 12 when _operations.Count > 0:
                Send(_operations[_random.Next(_operations.Count)]);
                break;
            case 12 when _operations.Count > 0:
                Send(_maker.Misuse(_operations[_random.Next(_operations.Count)]));
                break;
            case < 17 when _house.Ledger.Held > 0:
                _house.Ledger.Release(_random.Next(_house.Ledger.Held));
                break;
            case 17:
                Kill(_random.Next(Silos));
                break;
            case 18 when _maker.Instances.Count > 0:
                _silos[_random.Next(Silos)].Evict(_maker.Instances[_random.Next(_maker.Instances.Count)]);
                break;
            default:
                _house.Log.Now = _house.Log.Now.Plus(TimeSpan.FromMinutes(_random.Next(1, 20)));
                break;
        }
    }

    private void Send(Operation operation)
    {
        if (!_operations.Contains(operation))
        {
            _operations.Add(operation);
        }

        var silo = _silos[_random.Next(Silos)];
        _running.Add((operation, silo, silo.AskAsync(operation.InstanceId(), operation.Request)));
    }

    // Whoever was never answered asks again, when everything is well: it must come out one way or the other.
    private void AskAgain()
    {
        foreach (var operation in _operations.ToList())
        {
            Send(operation);
            Listen();
        }

        Assert.Empty(_running);
    }

    private void Kill(int silo)
    {
        _silos[silo].IsDead = true;
        _silos[silo] = new SimulatedSilo(_house);
        _count("silo killed");
    }

    private void Listen()
    {
        for (var silo = 0; silo < Silos; silo++)
        {
            if (_silos[silo].IsDead)
            {
                Kill(silo);
            }
        }

        foreach (var (operation, _, _) in _running.Where(running => running.Silo.IsDead))
        {
            operation.Unanswered++;
            _count("unanswered");
        }

        _running.RemoveAll(running => running.Silo.IsDead);
        foreach (var (operation, _, answer) in _running.Where(running => running.Answer.IsCompleted))
        {
            Hear(operation, answer.GetAwaiter().GetResult());
        }

        _running.RemoveAll(running => running.Answer.IsCompleted);
    }

    private void Hear(Operation operation, Reply reply)
    {
        _count(reply.Refusal is { } refusal ? refusal.Code.ToString() : operation.Acknowledged is null ? "carried out" : "carried out before");
        operation.Replies.Add(reply);
        if (reply.Instance is { } instance)
        {
            _maker.Saw(instance);
        }
    }

    private LedgerFault Fault(Commit commit)
    {
        var fault = _isCalm ? LedgerFault.None : _random.Next(100) switch
        {
            < 10 => LedgerFault.HeldBefore,
            < 16 => LedgerFault.HeldAfter,
            < 20 => LedgerFault.Conflict,
            < 23 => LedgerFault.Unavailable,
            < 25 => LedgerFault.UnavailableAfterResolve,
            < 27 => LedgerFault.Overloaded,
            < 28 => LedgerFault.Rejected,
            < 30 => LedgerFault.Crash,
            _ => LedgerFault.None,
        };
        _count(string.Create(CultureInfo.InvariantCulture, $"ledger: {fault}"));
        if (fault == LedgerFault.Crash)
        {
            SimulatedSilo.Committing!.IsDead = true;
        }

        if (commit.Instance is { State: ExecutionState.Terminated, Reason: Reason.EvidenceFailure })
        {
            _count("evidence failure");
        }

        return fault;
    }
}
