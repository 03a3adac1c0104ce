/** Follows the emulator: one request waits for what changes, and whoever shows a scale set is told. */

import { get, request } from "./api.js";
import { store, update } from "./store.js";

const WAIT = 20;
const REST = 300;  // milliseconds: a page is not drawn more often than that
const READ_AGAIN = 4000;
const SLOWEST = 5000;

/** @type {Set<(ids: Set<string> | null) => void>} */
const watchers = new Set();
let running = false;
let stop = new AbortController();

/**
 * @param {(ids: Set<string> | null) => void} watcher told the ids, in lower case, of scale sets that changed; null: of any
 * @returns {() => void} ends it
 */
export function watch(watcher) {
  watchers.add(watcher);
  return () => watchers.delete(watcher);
}

/** Follows until `unfollow`. */
export async function follow() {
  if (running) return;
  running = true;
  stop = new AbortController();
  let cursor = "";
  let pause = REST;
  while (running) {
    const begun = Date.now();
    try {
      const recovers = store.connection === "down";
      const wait = cursor && !recovers ? WAIT : 0;
      const { status, document } = await request("GET", `/_emulator/events?after=${cursor}&wait=${wait}`, { signal: stop.signal });
      if (document) {
        cursor = document.cursor;
        update({ clock: document.clock, clockRead: Date.now() });
        tell(document.reset ? null : new Set(document.value.map(one => one.id.toLowerCase())));
      } else if (recovers) tell(null);
      if (store.connection !== "live") update({ connection: "live" });
      pause = status === 204 && Date.now() - begun < REST ? 1000 : REST;  // a server that does not wait
    } catch (error) {
      if (stop.signal.aborted || store.mustSignIn) break;
      pause = failed(/** @type {any} */ (error), pause);
    }
    await new Promise(done => setTimeout(done, pause));
  }
  running = false;
}

/**
 * @param {import("./api.js").ApiError} error
 * @param {number} pause
 */
function failed(error, pause) {
  if (error.status === 403) {  // a role for a part of the subscription: nothing tells what changed, so it is read again
    update({ connection: "reading" });
    tell(null);
    return READ_AGAIN;
  }
  update({ connection: "down" });
  return Math.min(SLOWEST, Math.max(500, pause * 1.5));
}

export function unfollow() {
  running = false;
  stop.abort();
}

/** Reads the clock at once, after it was moved. */
export async function readClock() {
  update({ clock: await get("/_emulator/clock"), clockRead: Date.now() });
}

/** @param {Set<string> | null} ids */
function tell(ids) {
  if (document.hidden && ids) {
    for (const id of ids) missed.add(id);
    return;
  }
  for (const watcher of [...watchers]) watcher(ids);
}

/** What changed while nobody looked. @type {Set<string>} */
const missed = new Set();

document.addEventListener("visibilitychange", () => {
  if (document.hidden || !missed.size) return;
  const ids = new Set(missed);
  missed.clear();
  tell(ids);
});
