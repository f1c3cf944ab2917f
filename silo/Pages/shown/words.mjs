// Small pieces that every page shows alike: states, moments, hashes, people.
import { now } from '../api/clock.mjs';
import { el } from '../frame/elements.mjs';

const tones = { WAITING_FOR_HUMAN: 'waiting', APPROVED: 'good', RESUMED: 'good', COMPLETED: 'good', OVERRIDDEN: 'changed', REJECTED: 'bad', TERMINATED: 'bad', TIMEOUT: 'bad', ESCALATED: 'waiting', RUNNING: 'running', ALLOW: 'good', REQUIRE_HUMAN: 'waiting', DENY: 'bad', POLICY_UNAVAILABLE: 'bad', CONFLICTING_POLICY: 'bad' };

/** How a state is meant: good, bad, waiting, … */
export const tone = word => tones[word] ?? 'plain';

export const badge = word => el('span', { class: `badge ${tone(word)}` }, word);

export const materiality = word => el('span', { class: `materiality ${word}` }, word);

const local = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'medium' });

/** A moment, in the reader's own time; the exact one is in its title. */
export const when = text => text ? el('time', { datetime: text, title: text }, local.format(new Date(text))) : null;

const clock = new Intl.DateTimeFormat(undefined, { timeStyle: 'medium' });

/** A moment of today, for whoever looks at it as it passes. */
export const atTime = text => el('time', { datetime: text, title: text }, clock.format(new Date(text)));

const whole = new Intl.NumberFormat(undefined, { maximumFractionDigits: 1 });
const short = new Intl.NumberFormat(undefined, { notation: 'compact', maximumFractionDigits: 1 });

/** A number, short where it is long. */
export const count = number => (number < 100_000 ? whole : short).format(number);

/** The beginning of a hash; the whole of it is in its title, and is what is copied. */
export const hash = text => el('code', { class: 'hash', title: text }, `${text.slice(0, 12)}…`);

export const shortId = id => id.slice(-12);

/** Who did something. */
export const who = actor => el('span', { class: 'actor' }, el('strong', {}, actor.id), ` ${actor.kind === 'human' ? 'person' : actor.kind}`, actor.role ? ` as ${actor.role}` : null);

/** Before what an instance waits. */
export const asked = pending => pending.step ? `before ${pending.step}` : 'before it starts';

/** Facts, each with its name. */
export const facts = pairs => el('dl', { class: 'facts' }, pairs.filter(([, value]) => value !== null && value !== undefined && value !== '').map(([name, value]) => el('div', {}, el('dt', {}, name), el('dd', {}, value))));

/** How long since a moment. */
export const age = text => span(Math.max(0, Math.floor((now() - Date.parse(text)) / 1000)));

/** A step of ages in seconds, as a unit of its own. */
export const ofStep = seconds => seconds < 3600 ? `${seconds / 60} min` : seconds < 86_400 ? `${seconds / 3600} h` : `${seconds / 86_400} d`;

/** How long until a moment, in words; null once it is over. */
export function left(text) {
  const seconds = Math.ceil((Date.parse(text) - now()) / 1000);
  if (seconds <= 0) {
    return null;
  }

  return span(seconds);
}

function span(seconds) {
  const [days, hours, minutes] = [Math.floor(seconds / 86_400), Math.floor(seconds / 3600) % 24, Math.floor(seconds / 60) % 60];
  return days > 0 ? `${days} d ${hours} h` : hours > 0 ? `${hours} h ${minutes} min` : minutes > 0 ? `${minutes} min ${seconds % 60} s` : `${seconds} s`;
}

/** A countdown to a moment; whoever shows it calls its tick. */
export function countdown(text) {
  const shown = el('span', { class: 'countdown' });
  const tick = () => {
    const rest = left(text);
    const urgent = rest !== null && Date.parse(text) - now() < 5 * 60_000;
    shown.className = `countdown ${rest === null ? 'over' : urgent ? 'urgent' : ''}`;
    shown.textContent = rest === null ? 'time is over' : `${rest} left`;
    return rest !== null;
  };
  tick();
  return { shown, tick };
}
