/** What all parts of the page share, and who wants to know when it changes. */

/**
 * @typedef {object} Clock
 * @property {string} kind
 * @property {string} now
 * @property {number} seconds
 * @property {number} [speed]
 * @property {string | null} nextEvent
 * @property {number | null} secondsToNextEvent
 */

/**
 * @typedef {object} Notice
 * @property {number} id
 * @property {"running" | "done" | "failed"} state
 * @property {string} title
 * @property {string} [text]
 */

/**
 * @typedef {object} Shared
 * @property {Clock | null} clock
 * @property {number} clockRead when the clock was read, by this machine's time
 * @property {"connecting" | "live" | "reading" | "down"} connection
 * @property {string | null} principal who is signed in; null: nobody needs to
 * @property {boolean} mustSignIn
 * @property {Notice[]} notices
 */

/** @type {Shared} */
export const store = {
  clock: null, clockRead: 0, connection: "connecting", principal: null, mustSignIn: false, notices: [],
};

/** @type {Set<(changed: Partial<Shared>) => void>} */
const listeners = new Set();

/** @param {Partial<Shared>} changes */
export function update(changes) {
  Object.assign(store, changes);
  for (const listener of [...listeners]) listener(changes);
}

/**
 * @param {(changed: Partial<Shared>) => void} listener
 * @returns {() => void} ends it
 */
export function subscribe(listener) {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

let noticed = 0;

/**
 * Tells something that goes on.
 * @param {string} title
 * @returns {(state: "done" | "failed", text?: string) => void} tells how it ended
 */
export function notify(title) {
  const id = (noticed += 1);
  /** @param {Notice} notice */
  const put = notice => update({ notices: [notice, ...store.notices.filter(other => other.id !== id)].slice(0, 20) });
  put({ id, state: "running", title });
  return (state, text) => put({ id, state, title, text });
}

/** @param {number} id */
export const dismiss = id => update({ notices: store.notices.filter(notice => notice.id !== id) });

/** The emulated moment now, in milliseconds since 1970; it goes on between two readings of the clock. */
export function emulatedNow() {
  const clock = store.clock;
  if (!clock) return Date.now();
  return clock.seconds * 1000 + (clock.speed ?? 0) * (Date.now() - store.clockRead);
}
