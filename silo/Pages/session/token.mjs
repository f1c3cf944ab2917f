// Who is signed in. The token is in this variable and nowhere else: it ends with the page.
let current = null;
let me = null;
let waiting = null;
let overlay = null;
const watchers = new Set();

/** By what people are asked to sign in. */
export function askWith(open) {
  overlay = open;
}

/** The token, once there is one; opens the sign-in where there is none. */
export function token() {
  if (current) {
    return Promise.resolve(current);
  }

  if (!waiting) {
    waiting = Promise.withResolvers?.() ?? withResolvers();
    overlay();
  }

  return waiting.promise;
}

export const hasToken = () => current !== null;

/** What the silo says of the caller: actor, teams, roles. */
export const caller = () => me;

/** Whether the caller holds a role of the platform. */
export const may = role => me?.roles.some(one => one === role || one === 'gantral.admin') ?? false;

/** Takes a token that the silo has believed. */
export function signIn(believed, who) {
  [current, me] = [believed, who];
  const before = waiting;
  waiting = null;
  changed();
  before?.resolve(believed);
}

/** A token that is believed no more: people sign in again, and everything they have typed stays. */
export function expired(used) {
  if (current === used) {
    current = null;
    changed();
    token();
  }
}

/** Signs out, and leaves nothing of what was shown. */
export function forget() {
  location.assign('/');
}

/** Tells when somebody signs in or out. Answers how to stop. */
export function onSession(tell) {
  watchers.add(tell);
  return () => watchers.delete(tell);
}

const changed = () => watchers.forEach(tell => tell());

function withResolvers() {
  const made = {};
  made.promise = new Promise((resolve, reject) => Object.assign(made, { resolve, reject }));
  return made;
}
