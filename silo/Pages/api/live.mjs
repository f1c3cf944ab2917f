// One stream for the whole page. After a break it goes on from the last id; where that is not known any more, readers read anew.
import { expired, hasToken, onSession, token } from '../session/token.mjs';
import { events } from './events.mjs';

// The silo says something every 15 seconds; whoever is silent for longer than two of these is gone.
const SILENCE = 35_000;
const LONGEST_PAUSE = 15_000;

const readers = new Set();
const watchers = new Set();
let state = 'off';
let run = null;

/** Tells each entry that is committed from now on, and null where some may have been missed. Answers how to stop. */
export function follow(tell) {
  readers.add(tell);
  return () => readers.delete(tell);
}

/** Tells whether the stream is on, off or lost. */
export function onLive(tell) {
  watchers.add(tell);
  tell(state);
}

/** Follows as long as somebody is signed in. */
export function begin() {
  onSession(() => {
    run?.abort();
    run = null;
    if (hasToken()) {
      run = new AbortController();
      stay(run.signal);
    } else {
      turn('off');
    }
  });
  addEventListener('online', () => run && hurry?.());
}

let hurry = null;

async function stay(stop) {
  let last = null;
  for (let pause = 500; !stop.aborted; pause = Math.min(pause * 2, LONGEST_PAUSE)) {
    try {
      for await (const event of await open(last, stop)) {
        turn('on');
        pause = 500;
        last = event.id ?? last;
        if (event.name === 'entry') {
          tellAll(JSON.parse(event.data));
        } else if (event.name === 'end' && JSON.parse(event.data).reason === 'token_expired') {
          expired(await token());
        }
      }
    } catch (fault) {
      if (fault.forgetsPlace) {
        last = null;
        tellAll(null);
      }
    }

    if (!stop.aborted) {
      turn('lost');
      await new Promise(go => { hurry = go; setTimeout(go, pause); });
    }
  }
}

async function open(last, stop) {
  const used = await token();
  const silence = new AbortController();
  const answer = await fetch('/v1/streams/entries', {
    headers: { Authorization: `Bearer ${used}`, ...(last ? { 'Last-Event-ID': last } : {}) },
    cache: 'no-store', credentials: 'omit', signal: AbortSignal.any([stop, silence.signal]),
  });
  if (!answer.ok) {
    if (answer.status === 401) {
      expired(used);
    }

    throw Object.assign(new Error('no stream'), { forgetsPlace: answer.status === 400 });
  }

  if (!last) {
    // Before the first id nothing is promised, so what is shown is read once more.
    tellAll(null);
  }

  return watched(events(answer.body), silence);
}

async function* watched(all, silence) {
  let timer = setTimeout(() => silence.abort(), SILENCE);
  try {
    for await (const event of all) {
      clearTimeout(timer);
      timer = setTimeout(() => silence.abort(), SILENCE);
      yield event;
    }
  } finally {
    clearTimeout(timer);
  }
}

const tellAll = entry => [...readers].forEach(tell => tell(entry));

function turn(next) {
  if (state !== next) {
    state = next;
    watchers.forEach(tell => tell(state));
  }
}
