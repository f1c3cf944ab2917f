// Which heads are believed, and whether those of one log belong together.
import { same } from './hashing.mjs';
import { isConsistent } from './tree.mjs';
import { fromBase64, readKey } from './signatures.mjs';

export class Heads {
  #trusted;
  #findings;
  #seen = new Map();
  #believed = new Map();
  #signers = [];

  constructor(trusted, findings) {
    [this.#trusted, this.#findings] = [trusted, findings];
  }

  /** Judges a head by its signatures. */
  async add(head) {
    this.#findings.saw('heads');
    this.#seen.set(`${head.origin} ${head.size}`, head);
    const signers = await this.#judge(head);
    if (!signers) {
      return;
    }

    const place = `${head.origin} ${head.size}`;
    const known = this.#believed.get(place);
    if (known) {
      this.#findings.add(same(known.root, head.root) ? 'duplicate_line' : 'split_view', `there are two heads of size ${head.size} of ${head.origin}`);
    }

    this.#believed.set(place, head);
    this.#signers.push(...signers.map(key => ({ head, key })));
  }

  believed(origin, size) {
    return this.#believed.get(`${origin} ${size}`);
  }

  wasSeen(origin, size) {
    return this.#seen.has(`${origin} ${size}`);
  }

  origins() {
    return [...new Set([...this.#seen.values()].map(head => head.origin))];
  }

  /** The believed heads of a log, the smallest first. */
  of(origin) {
    return [...this.#believed.values()].filter(head => head.origin === origin).sort((one, other) => one.size - other.size);
  }

  /** Whether every believed head of a log is tied to its largest one. */
  async tie(origin, consistencies) {
    const heads = this.of(origin);
    const tied = new Set([heads.at(-1)?.size]);
    const links = [];
    for (const { first, second, hashes } of consistencies) {
      const [small, large] = [this.believed(origin, first), this.believed(origin, second)];
      for (const size of [first, second]) {
        if (!this.wasSeen(origin, size)) {
          this.#findings.add('missing_checkpoint', `the head of size ${size} of ${origin}, of which a proof speaks, is missing`);
        }
      }

      if (!(first > 0 && first < second)) {
        this.#findings.add('wrong_proof', `no size ${second} adds to size ${first} of ${origin}`);
      } else if (small && large) {
        const holds = await isConsistent(first, second, hashes, small.root, large.root);
        holds ? links.push([first, second]) : this.#findings.add('wrong_proof', `size ${second} of ${origin} is not proven to add to size ${first}`);
      }
    }

    for (let grows = true; grows;) {
      const next = links.find(([first, second]) => tied.has(first) !== tied.has(second));
      grows = next !== undefined;
      next?.forEach(size => tied.add(size));
    }

    for (const { size } of heads.filter(head => !tied.has(head.size))) {
      this.#findings.add('missing_proof', `nothing ties the head of size ${size} of ${origin} to the largest one`);
    }
  }

  /** Holds the signers against the keys that the log's own entries introduce and retire, as far as they are shown. */
  async holdToEntries(entries) {
    for (const { head, key } of this.#signers) {
      const label = `${head.origin}+${key.id}`;
      const own = entries.filter(entry => entry.origin === head.origin && entry.subject.type === 'key' && entry.subject.id === label);
      for (const entry of own) {
        if (entry.type === 'KEY_INTRODUCED' && entry.key.name === head.origin && entry.position > head.size - 1 && fromBase64(entry.key.public_key) && (await readKey(entry.key.public_key))?.id === key.id) {
          this.#findings.add('key_out_of_range', `${label} signed a head before it was introduced`);
        } else if (entry.type === 'KEY_RETIRED' && entry.position <= head.size - 1) {
          this.#findings.add('key_out_of_range', `${label} signed a head after it was retired`);
        }
      }
    }
  }

  // The keys of the log that signed, or null. Every signature line is checked: one that nobody can check would be bytes without meaning.
  async #judge(head) {
    const keys = this.#trusted.logs.get(head.origin);
    if (!keys?.length) {
      this.#findings.add('no_trusted_key', `no key of ${head.origin} is trusted`);
      return null;
    }

    const signers = [];
    const unknown = [];
    let isGood = true;
    for (const signature of head.signatures) {
      const isOwn = signature.name === head.origin;
      const named = (isOwn ? keys : this.#trusted.witnesses.get(signature.name) ?? []).filter(one => one.key.id === signature.id);
      const right = [];
      for (const one of named) {
        if (await one.key.verifies(head.signed, signature.bytes)) {
          right.push(one);
        }
      }

      if (named.length === 0) {
        unknown.push(signature);
      } else if (right.length === 0) {
        this.#findings.add('wrong_signature', `the signature of ${signature.label} on the head of size ${head.size} is wrong`);
        isGood = false;
      } else if (isOwn && !right.some(one => one.from <= head.size - 1 && head.size - 1 < one.until)) {
        this.#findings.add('key_out_of_range', `${signature.label} is not trusted for position ${head.size - 1}`);
        isGood = false;
      } else if (isOwn) {
        signers.push(...right.map(one => one.key));
      }
    }

    for (const signature of unknown) {
      this.#findings.add(signers.length > 0 || !isGood ? 'unknown_signer' : 'no_trusted_key', `no key of ${signature.label} is trusted`);
    }

    if (signers.length === 0 && isGood && unknown.length === 0) {
      this.#findings.add('no_trusted_key', `no trusted key of ${head.origin} signed`);
    }

    return unknown.length === 0 && isGood && signers.length > 0 ? signers : null;
  }
}
