using Gantral.Abstractions.Vocabulary;
using Gantral.Grains.Authority;
using Gantral.Grains.Ledger;

namespace Gantral.Lives;

/// <summary>The time on paper and chance from a seed, so that the same run has the same bytes.</summary>
public sealed class PaperMoments(PaperLog log, int seed) : IMoments
{
    private readonly Random _random = new(seed);

    /// <inheritdoc/>
    public Moment Next()
    {
        lock (log)
        {
            log.Now = log.Now.Plus(TimeSpan.FromMilliseconds(1));
            return new Moment(log.Now, NewId(log.Now), Bytes(Moment.SaltBytes));
        }
    }

    private Guid NewId(Instant at)
    {
        var bytes = Bytes(16);
        for (var place = 0; place < 6; place++)
        {
            bytes[place] = (byte)(at.UnixMilliseconds >> (8 * (5 - place)));
        }

        bytes[6] = (byte)((bytes[6] & 0x0f) | 0x70);
        bytes[8] = (byte)((bytes[8] & 0x3f) | 0x80);
        return new Guid(bytes, bigEndian: true);
    }

    private byte[] Bytes(int length)
    {
        var bytes = new byte[length];
        _random.NextBytes(bytes);
        return bytes;
    }
}
