// Whether what is shown here is what would be authorised: computed on this device, not believed.
import { canHash, saltedHash } from '../evidence/hashing.mjs';

/** { holds, text } about a pending snapshot. */
export async function integrityOf(pending) {
  if (pending.context_snapshot === null || pending.context_snapshot_salt === null) {
    return { holds: false, text: 'What was asked has been erased, so nobody can see what they would authorise.' };
  }

  if (!canHash()) {
    return { holds: false, text: 'This browser does no cryptography for pages that came in the clear, so it cannot be checked what would be authorised. Open the pages over https.' };
  }

  const computed = await saltedHash(pending.context_snapshot_salt, pending.context_snapshot).catch(() => null);
  return computed === pending.context_snapshot_hash
    ? { holds: true, text: 'Computed on this device: what you see is what the decision will bind.', computed }
    : { holds: false, text: 'What is shown does not hash to what the decision would bind. Do not decide; tell whoever runs this silo.', computed };
}
