// What is being written about each instance. It outlives lists that are read anew and sign-ins, and ends with the page.
const drafts = new Map();

/** What is being written about an instance; another snapshot is another matter, and begins anew but for the words. */
export function draftOf(instance) {
  const known = drafts.get(instance.instance_id);
  const shown = instance.pending.context_snapshot_hash;
  if (known?.shown === shown) {
    return known;
  }

  const draft = { shown, type: null, justification: known?.justification ?? '', edited: null, choice: 0, key: null };
  drafts.set(instance.instance_id, draft);
  return draft;
}

export const forgetDraft = id => drafts.delete(id);
