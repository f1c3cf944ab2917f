// The state machine, drawn, with the edges that were taken.
import { EDGES, isState } from '../evidence/machine.mjs';
import { svg } from '../frame/elements.mjs';

const WIDTH = 124;
const HEIGHT = 26;
// Where each state stands: its centre.
const places = {
  CREATED: [240, 20], RUNNING: [240, 86], WAITING_FOR_HUMAN: [240, 152],
  APPROVED: [110, 228], OVERRIDDEN: [240, 228], REJECTED: [370, 228],
  RESUMED: [175, 304], COMPLETED: [110, 380], TERMINATED: [370, 380],
};
// How each edge goes; the long ones go round on lanes of their own.
const ways = {
  'CREATED RUNNING': 'M240 33V71', 'RUNNING WAITING_FOR_HUMAN': 'M240 99V137',
  'WAITING_FOR_HUMAN APPROVED': 'M205 165L130 213', 'WAITING_FOR_HUMAN OVERRIDDEN': 'M240 165V213', 'WAITING_FOR_HUMAN REJECTED': 'M275 165L350 213',
  'APPROVED RESUMED': 'M118 241L160 289', 'OVERRIDDEN RESUMED': 'M232 241L190 289', 'REJECTED TERMINATED': 'M370 241V365',
  'RESUMED COMPLETED': 'M160 317L125 365', 'RESUMED TERMINATED': 'M237 308C300 318 330 335 345 365', 'RESUMED RUNNING': 'M113 304H14V80H176',
  'RUNNING COMPLETED': 'M178 92H30V380H46', 'CREATED TERMINATED': 'M302 20H468V388H434', 'RUNNING TERMINATED': 'M302 86H455V380H434', 'WAITING_FOR_HUMAN TERMINATED': 'M302 152H442V372H434',
};

/** The machine for an instance in a state; without its entries only the state is known. */
export function machine(state, entries) {
  const path = (entries ?? []).filter(entry => isState(entry.type));
  const taken = new Set(path.filter(entry => entry.from_state).map(entry => `${entry.from_state} ${entry.state}`));
  const been = new Set(entries ? path.map(entry => entry.state) : [state]);
  const edges = Object.entries(EDGES).flatMap(([from, all]) => all.map(to => `${from} ${to}`));
  return svg('svg', { viewBox: '0 0 480 404', class: 'machine', role: 'img', 'aria-labelledby': 'machine-title machine-text' },
    svg('title', { id: 'machine-title' }, `State machine: the instance is ${state}`),
    svg('desc', { id: 'machine-text' }, entries ? `It went ${path.map(entry => entry.state).join(', ')}.` : 'Which way it took is shown to auditors.'),
    svg('defs', {}, ['plain', 'taken'].map(kind => svg('marker', { id: `arrow-${kind}`, class: kind, viewBox: '0 0 8 8', refX: 7, refY: 4, markerWidth: 7, markerHeight: 7, orient: 'auto' }, svg('path', { d: 'M0 0L8 4L0 8z' })))),
    // What was taken is drawn over what was not.
    edges.sort((one, other) => taken.has(one) - taken.has(other)).map(edge => {
      const kind = taken.has(edge) ? 'taken' : 'plain';
      return svg('path', { d: ways[edge], class: `edge ${kind}`, 'marker-end': `url(#arrow-${kind})` });
    }),
    Object.entries(places).map(([name, [x, y]]) => svg('g', { class: `node ${been.has(name) ? 'been' : ''} ${name === state ? 'here' : ''}` },
      svg('rect', { x: x - WIDTH / 2, y: y - HEIGHT / 2, width: WIDTH, height: HEIGHT, rx: 6 }),
      svg('text', { x, y: y + 4, 'text-anchor': 'middle' }, name))));
}
