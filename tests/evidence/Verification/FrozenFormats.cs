using System.Text;
using System.Text.Json;
using Gantral.Abstractions.Authority;
using Gantral.Abstractions.Evidence;
using Gantral.Evidence.Entries;
using Gantral.Evidence.Json;
using Gantral.Evidence.Log;
using Gantral.Lives;
using Gantral.Lives.Vectors;

namespace Gantral.Evidence.Tests.Verification;

/// <summary>The smaller frozen files: every kind of entry, the tree and its proofs, and heads right and wrong.</summary>
public sealed class FrozenFormats
{
    private static readonly string Entries = Path.Combine(VectorKeys.Folder, "entries.jsonl");
    private static readonly string Trees = Path.Combine(VectorKeys.Folder, "trees.json");
    private static readonly string Checkpoints = Path.Combine(VectorKeys.Folder, "checkpoints");

    [Fact]
    public void Every_kind_of_entry_has_the_bytes_and_the_hash_that_were_frozen()
    {
        var anew = Encoding.UTF8.GetString(BundleFile.Join(OneOfEachKind().Select(Line)));

        Assert.Equal(Frozen(Entries, () => anew), anew);
        Assert.Equal(Enum.GetValues<EventType>(), OneOfEachKind().Select(entry => entry.Entry.Type));
    }

    [Fact]
    public void Every_frozen_entry_is_read_and_written_again_to_the_same_bytes()
    {
        foreach (var line in File.ReadLines(Entries))
        {
            var bytes = Encoding.UTF8.GetBytes(line["{\"entry\":".Length..line.LastIndexOf(",\"hash\":", StringComparison.Ordinal)]);
            Assert.True(EntryReader.TryRead(bytes, out var entry, out var fault), fault.Reason);
            Assert.Equal(bytes, EntryWriter.Write(entry).Span.ToArray());
            Assert.EndsWith($"\"{TreeHash.Leaf(bytes)}\"}}", line, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void The_tree_and_its_proofs_are_those_that_were_frozen() => Assert.Equal(Frozen(Trees, TreeVectors), TreeVectors());

    [Theory]
    [InlineData("valid", true)]
    [InlineData("witnessed", true)]
    [InlineData("wrong-signature", false)]
    [InlineData("foreign-key", false)]
    [InlineData("high-s", false)]
    [InlineData("size-with-zero", false)]
    [InlineData("no-time", false)]
    [InlineData("loose-base64", false)]
    public void A_frozen_head_is_believed_or_not_as_it_was(string name, bool believed)
    {
        var path = Path.Combine(Checkpoints, $"{name}.note");
        Frozen(path, () => Encoding.UTF8.GetString(Notes()[name]()));
        var bytes = File.ReadAllBytes(path);

        var isBelieved = SignedNote.TryParse(bytes, out var note, out _)
            && Checkpoint.TryParse(note.Text, out _, out _)
            && note.IsSignedBy(VectorKeys.Signer.PublicKey);

        Assert.Equal(believed, isBelieved);
    }

    private static IEnumerable<SealedEntry> OneOfEachKind()
    {
        var log = ValidLives.Everything();
        var life = ValidLives.Waiting(log, "revoked");
        life.Revoke(life.Delegate("alice", "bob", TimeSpan.FromDays(1)), "alice");
        log.Introduce(VectorKeys.NextSigner.PublicKey);
        log.Retire(VectorKeys.Signer.PublicKey);
        log.Add(SealedEntry.Seal(log.Governing(new Subject(SubjectType.Setting, "required_policies/payments/HIGH"), EventType.SettingChanged) with
        {
            Actor = Life.Person("author-1"),
            OwningTeamId = "payments",
        }, new PrivateField(PrivateFieldNames.Definition, new byte[PrivateField.SaltSize], Life.Json("""["risk@1"]"""))));
        return Enum.GetValues<EventType>().Select(type => log.Entries.First(entry => entry.Entry.Type == type));
    }

    private static byte[] Line(SealedEntry entry)
    {
        var json = new CanonicalWriter();
        json.BeginObject();
        json.Name("entry"u8);
        json.Value(entry.Bytes);
        json.Name("hash"u8);
        json.Digest(entry.Hash);
        json.EndObject();
        return json.Written.ToArray();
    }

    // Leaf n is the decimal text of n; sizes and places are those around the powers of two and the edge of a tile.
    private static string TreeVectors()
    {
        long[] sizes = [1, 2, 3, 4, 5, 7, 8, 9, 255, 256, 257, 300];
        var tiles = new InMemoryTiles();
        var tree = new TileBuilder();
        var roots = new Dictionary<string, string>();
        for (var n = 0; n < 300; n++)
        {
            tree.Append(TreeHash.Leaf(Encoding.UTF8.GetBytes(n.ToString(System.Globalization.CultureInfo.InvariantCulture))), tiles);
            if (sizes.Contains(tree.Size))
            {
                roots.Add($"{tree.Size}", tree.Root().ToString());
                tree.WritePartials(tiles);
            }
        }

        var proofs = new TileProofs(tiles);
        var inclusion = sizes.SelectMany(size => new long[] { 0, size / 2, size - 1 }.Distinct(), (size, index) =>
            new { index, size, path = Path(proofs.TryInclusion(index, size, out var path, out _) ? path : throw new InvalidOperationException()) });
        var consistency = sizes.SelectMany(second => sizes.Where(first => first < second), (second, first) =>
            new { first, second, path = Path(proofs.TryConsistency(first, second, out var path, out _) ? path : throw new InvalidOperationException()) });
        return JsonSerializer.Serialize(new { roots, inclusion, consistency }, Indented) + "\n";

        static string[] Path(IEnumerable<Digest> hashes) => [.. hashes.Select(hash => hash.ToString())];
    }

    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true, NewLine = "\n" };

    private static Dictionary<string, Func<byte[]>> Notes()
    {
        var log = VectorKeys.NewLog();
        var head = log.Head();
        var body = head.Body();
        return new()
        {
            ["valid"] = () => log.Sign(head),
            ["witnessed"] = () => log.Sign(head, VectorKeys.Witness),
            ["wrong-signature"] = () => Note(body, VectorKeys.Signer.Sign("another text\n"u8)),
            ["foreign-key"] = () => Note(body, VectorKeys.Foreign.Sign(body)),
            ["high-s"] = () => Note(body, HighS(VectorKeys.Signer.Sign(body))),
            ["size-with-zero"] = () => Signed(Edit(body, "\n2\n", "\n02\n")),
            ["no-time"] = () => Signed(body[..(body.AsSpan().IndexOf("time"u8))]),
            ["loose-base64"] = () => Signed(Edit(body, "=\ntime", "\ntime")),
        };
    }

    private static byte[] Signed(byte[] body) => Note(body, VectorKeys.Signer.Sign(body));

    private static byte[] Note(byte[] body, NoteSignature signature) =>
        SignedNote.TryCreate(body, [signature], out var note, out var fault) ? note.ToBytes() : throw new InvalidOperationException(fault);

    private static byte[] Edit(byte[] text, string what, string by) =>
        Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(text).Replace(what, by, StringComparison.Ordinal));

    // (r, n - s) verifies under plain ECDSA whenever (r, s) does; a log signs one spelling only.
    private static NoteSignature HighS(NoteSignature low)
    {
        var der = low.Bytes;
        var order = new System.Numerics.BigInteger(Convert.FromHexString("FFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551"), isUnsigned: true, isBigEndian: true);
        var r = der.Slice(4, der[3]);
        var s = new System.Numerics.BigInteger(der[(6 + der[3])..], isUnsigned: true, isBigEndian: true);
        var high = (order - s).ToByteArray(isUnsigned: false, isBigEndian: true);
        byte[] sequence = [0x02, (byte)r.Length, .. r, 0x02, (byte)high.Length, .. high];
        return new NoteSignature(low.Name, low.KeyId, [0x30, (byte)sequence.Length, .. sequence]);
    }

    private static string Frozen(string path, Func<string> make)
    {
        if (Environment.GetEnvironmentVariable("GANTRAL_WRITE_VECTORS") == "1" && !File.Exists(path))
        {
            File.WriteAllText(path, make());
        }

        return File.ReadAllText(path);
    }
}
