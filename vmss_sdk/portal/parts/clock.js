/** The emulated time in the head of every page, and what moves it. */

import { messageOf, request } from "../core/api.js";
import { fill, h } from "../core/dom.js";
import { duration, momentText } from "../core/format.js";
import { readClock } from "../core/live.js";
import { emulatedNow, notify, store, subscribe } from "../core/store.js";
import { T } from "../texts.js";

export async function moveClock(body) {
  try {
    await request("POST", "/_emulator/clock", { body });
    await readClock();
  } catch (error) {
    notify(T.clock.title)("failed", messageOf(error));
  }
}

export class ClockWidget extends HTMLElement {
  connectedCallback() {
    this.face = h("span", { class: "face" });
    this.pace = h("span", { class: "muted" });
    this.next = h("button", { onclick: () => moveClock({ skip: "next" }) }, T.clock.next);
    fill(this, h("span", { class: "face-box" }, h("span", { class: "unseen" }, T.clock.title), this.face, this.pace), this.next);
    this.leave = subscribe(changed => "clock" in changed && this.draw());
    this.timer = setInterval(() => this.draw(), 1000);
    this.draw();
  }

  disconnectedCallback() {
    this.leave?.();
    clearInterval(this.timer);
  }

  draw() {
    const { clock } = store;
    this.hidden = !clock;
    if (!clock) return;
    fill(this.face, momentText(emulatedNow()));
    fill(this.pace, T.clock.paces(clock));
    const idle = clock.nextEvent === null;
    this.next.disabled = idle;
    this.next.title = idle ? T.clock.idle : T.clock.in(duration(clock.secondsToNextEvent ?? 0));
  }
}

customElements.define("clock-widget", ClockWidget);
