using System.Text.Json;
using Gantral.Abstractions.Authority;
using Gantral.Abstractions.Vocabulary;
using Gantral.Silo.Gateway.Answers;
using Gantral.Silo.Gateway.Queues;
using Gantral.Silo.Telemetry;

namespace Gantral.Silo.Gateway.Overview;

/// <summary>An overview as those who watch see it. The names are part of the API and never change.</summary>
internal static class OverviewBody
{
    public static void Write(Utf8JsonWriter json, OverviewFigures figures, SiloFigures? here)
    {
        json.Time("at", figures.At);
        json.Time("ended_since", figures.EndedSince);
        json.WriteBoolean("is_complete", figures.CutShort.IsEmpty);
        Each(json, "instances", figures.Instances, Write);
        Each(json, "waiting", figures.Waiting, Write);
        json.WriteStartArray("waiting_steps");
        foreach (var bound in WaitingFigures.AgeBounds)
        {
            json.WriteNumberValue((long)bound.TotalSeconds);
        }

        json.WriteEndArray();
        Each(json, "timers", figures.Timers, Write);
        Each(json, "queues", figures.Queues, TaskBody.Write);
        if (here is null)
        {
            json.WriteNull("silo");
            return;
        }

        json.WriteStartObject("silo");
        Write(json, here);
        json.WriteEndObject();
    }

    private static void Each<T>(Utf8JsonWriter json, string name, IEnumerable<T> all, Action<Utf8JsonWriter, T> write)
    {
        json.WriteStartArray(name);
        foreach (var one in all)
        {
            json.WriteStartObject();
            write(json, one);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void Write(Utf8JsonWriter json, CountedInstances counted)
    {
        json.WriteString("owning_team_id", counted.OwningTeamId);
        json.WriteString("workflow_id", counted.WorkflowId);
        json.Word<ExecutionState>("state", counted.State);
        json.WriteNumber("count", counted.Count);
        json.WriteNumber("timed_out", counted.TimedOut);
    }

    private static void Write(Utf8JsonWriter json, WaitingFigures waiting)
    {
        json.WriteString("owning_team_id", waiting.OwningTeamId);
        json.WriteNumber("late", waiting.Late);
        json.WriteNumber("near", waiting.Near);
        json.Time("oldest_since", waiting.OldestSince);
        Numbers(json, "ages", waiting.Ages);
    }

    private static void Write(Utf8JsonWriter json, TimerFigures timers)
    {
        json.WriteString("owning_team_id", timers.OwningTeamId);
        json.WriteNumber("late", timers.Late);
        json.WriteNumber("next_minute", timers.NextMinute);
        json.WriteNumber("next_hour", timers.NextHour);
        json.Time("next_at", timers.NextAt);
    }

    private static void Write(Utf8JsonWriter json, SiloFigures here)
    {
        Numbers(json, "transitions", here.Recent.Transitions.Select(count => (long)count));
        json.WriteNumber("committing", here.Committing);
        json.WriteStartObject("policy");
        json.WriteStartArray("outcomes");
        foreach (var (place, word) in WireName.All<PolicyOutcome>().Index())
        {
            json.WriteStartObject();
            json.WriteString("outcome", word);
            json.WriteNumber("count", here.Recent.PolicyOutcomes[place]);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        Numbers(json, "latencies", here.Recent.PolicyLatencies);
        json.WriteStartArray("latency_steps");
        foreach (var bound in LatencyBounds.Milliseconds)
        {
            json.WriteNumberValue(bound);
        }

        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteStartObject("stream");
        json.WriteNumber("listeners", here.Listeners);
        json.WriteNumber("behind", here.Behind);
        json.WriteStartArray("lag");
        foreach (var lag in here.Recent.StreamLag)
        {
            if (lag is { } known)
            {
                json.WriteNumberValue((long)known.TotalMilliseconds);
            }
            else
            {
                json.WriteNullValue();
            }
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void Numbers(Utf8JsonWriter json, string name, IEnumerable<long> numbers)
    {
        json.WriteStartArray(name);
        foreach (var number in numbers)
        {
            json.WriteNumberValue(number);
        }

        json.WriteEndArray();
    }
}
