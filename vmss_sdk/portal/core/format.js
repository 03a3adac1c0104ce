/** How values are shown. */

import { h, icon } from "./dom.js";
import { T } from "../texts.js";

const MOMENT = new Intl.DateTimeFormat(undefined, { dateStyle: "medium", timeStyle: "medium" });
const TIME = new Intl.DateTimeFormat(undefined, { timeStyle: "medium" });

/** @param {string | number} moment as ARM writes it, or milliseconds */
export const momentText = moment => MOMENT.format(new Date(moment));

/**
 * A moment of emulated time in the reader's zone, marked as such.
 * @param {string | null | undefined} moment
 * @param {boolean} [short] without the day
 */
export function when(moment, short = false) {
  if (!moment) return "–";
  const text = short ? TIME.format(new Date(moment)) : momentText(moment);
  return h("time", { datetime: moment, title: T.time.emulated(momentText(moment)) }, text);
}

/** @param {number} seconds */
export function duration(seconds) {
  const whole = Math.max(0, Math.round(seconds));
  const [hours, minutes, rest] = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60, whole % 60];
  if (hours) return `${hours} h ${minutes} min`;
  return minutes ? `${minutes} min ${rest} s` : `${rest} s`;
}

/** @param {string} text as in PT1M30S @returns {number} seconds */
export function secondsOf(text) {
  const found = /^PT(?:(\d+)H)?(?:(\d+)M)?(?:([\d.]+)S)?$/.exec(text ?? "");
  return found ? Number(found[1] ?? 0) * 3600 + Number(found[2] ?? 0) * 60 + Number(found[3] ?? 0) : 0;
}

const GOOD = "M8 1a7 7 0 1 0 0 14A7 7 0 0 0 8 1zm-1 10L4 8l1-1 2 2 4-4 1 1z";
const BAD = "M8 1a7 7 0 1 0 0 14A7 7 0 0 0 8 1zm3 9-1 1-2-2-2 2-1-1 2-2-2-2 1-1 2 2 2-2 1 1-2 2z";
const BUSY = "M8 1a7 7 0 1 0 0 14A7 7 0 0 0 8 1zm0 2v5l3 2-1 1-4-2V3z";
const PLAIN = "M8 1a7 7 0 1 0 0 14A7 7 0 0 0 8 1zM4 7h8v2H4z";
const WARNING = "M8 1 1 14h14zM7 6h2v4H7zm0 5h2v2H7z";

/** @type {Record<string, [string, string]>} */
const TONES = {
  good: ["good", GOOD], bad: ["bad", BAD], busy: ["busy", BUSY], plain: ["plain", PLAIN], warn: ["warn", WARNING],
};
/** @type {Record<string, string>} */
const TONE_OF = {
  succeeded: "good", running: "good", healthy: "good", completed: "good", yes: "good", enabled: "good",
  failed: "bad", unhealthy: "bad", faulted: "bad", error: "bad",
  creating: "busy", updating: "busy", deleting: "busy", starting: "busy", stopping: "busy", deallocating: "busy",
  rollingforward: "busy", initializing: "busy", accepted: "busy", started: "busy", inprogress: "busy",
  no: "warn", cancelled: "warn", unknown: "warn", suspended: "warn",
};

/**
 * A state as a word with a sign: never by its colour alone.
 * @param {string | null | undefined} state
 * @param {string} [word] in its place
 */
export function badge(state, word) {
  if (!state) return h("span", { class: "muted" }, "–");
  const [tone, path] = TONES[TONE_OF[state.toLowerCase()] ?? "plain"];
  return h("span", { class: `badge ${tone}` }, icon(path), word ?? spoken(state));
}

/** @param {string} name as in RollingForward: Rolling forward */
export function spoken(name) {
  const words = name.replace(/([a-z])([A-Z])/g, "$1 $2").toLowerCase();
  return words[0].toUpperCase() + words.slice(1);
}

/** @param {number} count @param {string} one @param {string} [many] */
export const counted = (count, one, many = `${one}s`) => `${count.toLocaleString()} ${count === 1 ? one : many}`;

/** @param {any} image */
export function imageText(image) {
  if (!image) return "";
  return image.id?.split("/").slice(-3).join("/") ?? [image.offer, image.sku].filter(Boolean).join(" ");
}

/**
 * Texts in alphabetical order, and numbers in them by their value.
 * @param {any} one @param {any} other
 */
export function compare(one, other) {
  if (typeof one === "number" && typeof other === "number") return one - other;
  return COLLATOR.compare(String(one ?? ""), String(other ?? ""));
}
const COLLATOR = new Intl.Collator("en", { numeric: true });
