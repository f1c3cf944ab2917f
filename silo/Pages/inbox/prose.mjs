// What an agent says of itself. It is text in the context like any other, and binds nothing but that it was said.
const SAYS = ['summary', 'reason', 'description', 'explanation', 'rationale', 'message', 'note', 'comment'];
const isSaid = (name, value) => SAYS.includes(name) && typeof value === 'string';

/** Parts a context into what is said and what binds. */
export function parted(context) {
  const entries = Object.entries(context ?? {});
  return {
    said: entries.filter(([name, value]) => isSaid(name, value)),
    binding: Object.fromEntries(entries.filter(([name, value]) => !isSaid(name, value))),
  };
}
