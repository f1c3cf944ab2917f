// The states and the only edges between them.
export const EDGES = {
  CREATED: ['RUNNING', 'TERMINATED'],
  RUNNING: ['WAITING_FOR_HUMAN', 'COMPLETED', 'TERMINATED'],
  WAITING_FOR_HUMAN: ['APPROVED', 'REJECTED', 'OVERRIDDEN', 'TERMINATED'],
  APPROVED: ['RESUMED'],
  OVERRIDDEN: ['RESUMED'],
  REJECTED: ['TERMINATED'],
  RESUMED: ['RUNNING', 'COMPLETED', 'TERMINATED'],
  COMPLETED: [],
  TERMINATED: [],
};

export const isFinal = state => EDGES[state]?.length === 0;

/** Whether something that happened is a transition. */
export const isState = type => Object.hasOwn(EDGES, type);
