using Gantral.Abstractions.Definitions;
using Gantral.Abstractions.Evidence;
using Gantral.Abstractions.Grains;
using Gantral.Grains.Settings;

namespace Gantral.Silo.Hosting;

/// <summary>A setting as its callers see it. One that was never written stays in memory too: that it is not there is asked for at every creation.</summary>
internal sealed class HostedSetting(GrainHost host, SettingGrain grain) : ISettingGrain
{
    public ValueTask<Registration<Setting>> WriteAsync(Caller caller, CanonicalBytes value) => host.RegisterAsync(() => grain.WriteAsync(caller, value));

    public ValueTask<Setting?> ReadAsync() => grain.ReadAsync();

    public ValueTask<Setting?> ReadAsync(Digest entryHash) => grain.ReadAsync(entryHash);
}
