// Many events in a moment ask for one look: soon after the first, and once more if something happens while looking.
const MOMENT = 150;

/** How to ask for a run, which comes soon, one at a time; and how to stop. */
export function soon(run) {
  let timer = null;
  let isRunning = false;
  let isAsked = false;
  let isStopped = false;

  async function turn() {
    timer = null;
    [isRunning, isAsked] = [true, false];
    await run();
    isRunning = false;
    if (isAsked) {
      ask();
    }
  }

  function ask() {
    if (isRunning) {
      isAsked = true;
    } else if (!isStopped) {
      timer ??= setTimeout(turn, MOMENT);
    }
  }

  return { ask, stop: () => { isStopped = true; clearTimeout(timer); } };
}
