/** A refusal, or that nobody answered: a stable code, and a sentence that says what to do. */
export class Problem extends Error {
  constructor({ code, title, detail, status, trace_id: traceId }) {
    super(detail);
    Object.assign(this, { code, title, status, traceId });
  }

  /** Nothing was heard from the silo. */
  static away() {
    return new Problem({
      code: 'away', title: navigator.onLine ? 'The silo does not answer' : 'This device is offline', status: 0,
      detail: 'Nothing was heard from the silo. What you have typed is kept; try again when the connection is back.',
    });
  }
}
