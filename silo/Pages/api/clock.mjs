// Deadlines are by the silo's clock; a phone's may be minutes off.
let ahead = 0;

/** Takes the time from an answer. A Date has whole seconds, so half of one is added. */
export function heard(answer) {
  const date = Date.parse(answer.headers.get('date') ?? '');
  if (Number.isFinite(date)) {
    const off = date + 500 - Date.now();
    // Less than that is the network, and would only make countdowns jump.
    if (Math.abs(off - ahead) > 1500) {
      ahead = off;
    }
  }
}

/** Milliseconds since 1970, as the silo counts them. */
export const now = () => Date.now() + ahead;
