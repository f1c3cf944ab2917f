// What a verification found, in the order of the steps in which it is shown. The codes are those of docs/evidence-format.md's verdicts.
const INCONCLUSIVE = new Set(['unknown_format', 'truncated', 'count_mismatch', 'no_trusted_key', 'unknown_signer', 'missing_checkpoint', 'missing_proof', 'missing_entry', 'missing_governing', 'open']);
const UNUSABLE = new Set(['not_a_bundle', 'unusable_input']);

/** The steps, in words. */
export const STEPS = [
  ['file', 'The file is whole', 'Every line is canonical JSON of a known shape, and as many are there as the header promises.'],
  ['payloads', 'The private content is what was hashed', 'Each field with its salt hashes to what its entry binds.'],
  ['chain', 'The entries follow each other', 'Each entry names the hash of the one before; none is missing, and time never steps back.'],
  ['tree', 'Every entry stands in the log', 'A Merkle proof leads from each entry to the root of a signed head.'],
  ['heads', 'The heads are signed by a trusted key', 'ECDSA over P-256, by the key of the log that is trusted for that position.'],
  ['life', 'The life could have happened so', 'Replayed from its entries: only edges that exist, decisions by people who may, in time, about what was shown.'],
  ['governing', 'What governed it is what it was bound to', 'Workflow, policies, settings and delegations are those that were registered before.'],
];

const stepOf = {
  unusable_input: 'file', not_a_bundle: 'file', malformed_line: 'file', misplaced_line: 'file', duplicate_line: 'file', malformed_entry: 'file', unknown_format: 'file', truncated: 'file', count_mismatch: 'file', mixed_subjects: 'file',
  wrong_payload: 'payloads',
  broken_chain: 'chain', duplicate_sequence: 'chain', wrong_order: 'chain', time_stepped_back: 'chain', missing_entry: 'chain',
  wrong_proof: 'tree', wrong_root: 'tree', missing_proof: 'tree', missing_checkpoint: 'tree', split_view: 'tree',
  malformed_checkpoint: 'heads', wrong_signature: 'heads', key_out_of_range: 'heads', no_trusted_key: 'heads', unknown_signer: 'heads',
  governing_mismatch: 'governing', missing_governing: 'governing', delegation_not_valid: 'governing',
};

export class Findings {
  all = [];
  checked = {};

  /** Something that is wrong, or cannot be told. The first of a code is enough. */
  add(code, reason) {
    if (!this.all.some(one => one.code === code)) {
      this.all.push({ code, reason, step: stepOf[code] ?? 'life', verdict: verdictOf(code) });
    }
  }

  /** Counts what a step has looked at. */
  saw(step, count = 1) {
    this.checked[step] = (this.checked[step] ?? 0) + count;
  }

  get verdict() {
    return ['UNUSABLE', 'INVALID', 'INCONCLUSIVE'].find(verdict => this.all.some(one => one.verdict === verdict)) ?? 'VALID';
  }
}

const verdictOf = code => UNUSABLE.has(code) ? 'UNUSABLE' : INCONCLUSIVE.has(code) ? 'INCONCLUSIVE' : 'INVALID';
