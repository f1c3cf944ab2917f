// Many events in a moment ask for one look: soon after the first, and once more if something happens while looking.
const MOMENT = 150;

/** How to ask for a run, which comes soon, one at a time; and how to stop. What took long is not done again at once. */
export function soon(run, pause = () => 0) {
  let timer = null;
  let isRunning = false;
  let isAsked = false;
  let isStopped = false;
  let rest = 0;

  async function turn() {
    timer = null;
    [isRunning, isAsked] = [true, false];
    const since = performance.now();
    await run();
    rest = pause(performance.now() - since);
    isRunning = false;
    if (isAsked) {
      ask();
    }
  }

  function ask() {
    if (isRunning) {
      isAsked = true;
    } else if (!isStopped) {
      timer ??= setTimeout(turn, MOMENT + rest);
    }
  }

  return { ask, stop: () => { isStopped = true; clearTimeout(timer); } };
}
