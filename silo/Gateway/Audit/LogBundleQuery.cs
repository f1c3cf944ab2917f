using System.Collections.Immutable;
using Gantral.Abstractions.Refusals;
using Gantral.Abstractions.Vocabulary;
using Gantral.Silo.Audit;
using Gantral.Silo.Gateway.Requests;
using Gantral.Silo.Identity;

namespace Gantral.Silo.Gateway.Audit;

/// <summary>Which part of a log somebody wants: positions, or the times between which they were signed, and whose.</summary>
internal sealed class LogBundleQuery : QueryFields
{
    private readonly ApiRequest _request;
    private readonly long? _from;
    private readonly long? _to;
    private readonly long? _resume;
    private readonly Instant? _since;
    private readonly Instant? _until;
    private readonly string? _team;
    private readonly bool _payloads;

    public LogBundleQuery(ApiRequest request)
        : base(request)
    {
        _request = request;
        (_from, _to, _resume) = (Whole("from"), Whole("to"), Whole("resume"));
        (_since, _until) = (Time("since"), Time("until"));
        (_team, _payloads) = (Name("team"), Flag("payloads"));
        if ((_from is not null && _since is not null) || (_to is not null && _until is not null))
        {
            Fail("a part begins at from or since and ends at to or until; give one of each");
        }

        if (_resume is not null && (_since is not null || _until is not null))
        {
            Fail("resume goes with the positions that the header of the bundle that broke off has; give from and to in place of times");
        }
    }

    private bool IsAdmin => _request.Caller.Roles.Contains(PlatformRole.Admin, StringComparer.Ordinal);

    /// <summary>The part, or why there is none.</summary>
    public async ValueTask<(LogPart? Part, Refusal? Refusal)> ReadAsync(IEvidence evidence, int log)
    {
        if (Fault() is { } fault)
        {
            return (null, fault);
        }

        if (_team is not null && !IsAdmin && !_request.IsOf(_team))
        {
            return (null, new Refusal(RefusalCode.Forbidden, "Your token does not speak for the team in team; name a team of yours, or leave it out for all of them."));
        }

        var cancellation = _request.Http.HttpContext.RequestAborted;
        var size = (await evidence.HeadAsync(log, cancellation)).Checkpoint.Size;
        var from = _since is { } since ? await evidence.SizeBeforeAsync(log, since, cancellation) : _from ?? 0;
        var to = _until is { } until ? await evidence.SizeBeforeAsync(log, until, cancellation) : _to ?? size;
        return Outside(size, from, to) is { } outside
            ? (null, outside)
            : (new LogPart(log, from, to) { Teams = Teams(), Payloads = _payloads, Resume = _resume }, null);
    }

    // Whoever may see everything sees it, unless a team is named.
    private ImmutableHashSet<string>? Teams() =>
        _team is not null ? [_team] : IsAdmin ? null : _request.Caller.Teams.ToImmutableHashSet(StringComparer.Ordinal);

    private Refusal? Outside(long size, long from, long to) =>
        to > size ? new Refusal(RefusalCode.NotFound, $"The log has {size} entries; a part of it ends at {size} at most.")
        : from < to ? _resume is { } at && (at < from || at >= to) ? Unfit($"resume must be a position from {from} to {to - 1}") : null
        : _since is not null || _until is not null ? new Refusal(RefusalCode.NotFound, "Nothing was signed between these times.")
        : from >= size ? new Refusal(RefusalCode.NotFound, $"The log has {size} entries, so its last position is {size - 1}; there is no {from}.")
        : Unfit("a part holds at least one position; to lies behind its last, so it must be larger than from");

    private static Refusal Unfit(string fault) => new(RefusalCode.InvalidBody, $"The query cannot be read: {fault}.");
}
