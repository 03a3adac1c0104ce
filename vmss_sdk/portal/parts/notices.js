/** What goes on and how it ended: Azure's bell. */

import { fill, h } from "../core/dom.js";
import { dismiss, store, subscribe } from "../core/store.js";
import { T } from "../texts.js";

const SIGNS = { running: "busy", done: "good", failed: "bad" };

export class Notices extends HTMLElement {
  connectedCallback() {
    this.list = h("ul", { class: "notices" });
    this.number = h("span", { class: "unseen" });
    this.bell = h("summary", {}, T.notices.title, " ", this.number);
    this.toasts = h("div", { class: "toasts", role: "status", "aria-live": "polite" });
    fill(this, h("details", { class: "menu bell" }, this.bell, h("div", { class: "popup" }, this.list)), this.toasts);
    this.leave = subscribe(changed => changed.notices && this.draw());
    this.draw();
  }

  disconnectedCallback() {
    this.leave?.();
  }

  draw() {
    const running = store.notices.filter(notice => notice.state === "running").length;
    this.number.className = running ? "count" : "unseen";
    fill(this.number, running ? String(running) : T.notices.none);
    fill(this.list, store.notices.length ? store.notices.map(notice => this.entry(notice)) : h("li", {}, T.notices.empty));
    this.toast(store.notices[0]);
  }

  /** @param {import("../core/store.js").Notice} notice */
  entry(notice) {
    return h("li", { class: `notice ${SIGNS[notice.state]}` },
      h("strong", {}, T.notices.states[notice.state]), " ", notice.title,
      notice.text && h("p", {}, notice.text),
      notice.state !== "running" && h("button", { class: "plain", "aria-label": T.notices.dismiss(notice.title), onclick: () => dismiss(notice.id) }, "×"));
  }

  /** @param {import("../core/store.js").Notice | undefined} notice */
  toast(notice) {
    if (!notice) return fill(this.toasts);
    const text = `${notice.id} ${notice.state}`;
    if (this.last === text) return;
    this.last = text;
    fill(this.toasts, h("div", { class: `toast ${SIGNS[notice.state]}` }, h("strong", {}, T.notices.states[notice.state]), " ", notice.title, notice.text && h("p", {}, notice.text)));
    clearTimeout(this.timer);
    this.timer = setTimeout(() => fill(this.toasts), notice.state === "failed" ? 12000 : 5000);
  }
}

customElements.define("portal-notices", Notices);
