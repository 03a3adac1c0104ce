/** What all pages are: they load, show, follow what changes, and draw what went wrong. */

import { ApiError, messageOf } from "../core/api.js";
import { fill, h } from "../core/dom.js";
import { watch } from "../core/live.js";
import { T } from "../texts.js";

/**
 * A page. Subclasses read in `load`, draw once in `show` and bring up to date in `refresh`.
 */
export class Page extends HTMLElement {
  /** @param {Record<string, string>} place what the address says */
  constructor(place = {}) {
    super();
    this.place = place;
    this.gone = new AbortController();
    this.ready = false;
    this.reading = false;
    this.again = false;
    this.reloads = false;
  }

  /** The scale set that it is about, if any; changes of others do not concern it. */
  get setId() {
    return this.place.id ?? "";
  }

  connectedCallback() {
    this.unwatch = watch(ids => {
      if (!ids || !this.setId || ids.has(this.setId.toLowerCase())) this.changed();
    });
    this.reload();
  }

  disconnectedCallback() {
    this.gone.abort();
    this.unwatch?.();
  }

  async reload() {
    this.ready = false;
    fill(this, h("p", { class: "state", role: "status" }, T.page.loading));
    try {
      const found = await this.load();
      if (this.gone.signal.aborted) return;
      this.replaceChildren();
      await this.show(found);
      this.ready = true;
    } catch (error) {
      if (!this.gone.signal.aborted) this.failed(error);
    }
  }

  /** Something changed: read once more, but never twice at a time. */
  async changed() {
    if (!this.ready) return this.reloads ? this.reload() : undefined;
    if (this.reading) {
      this.again = true;
      return;
    }
    this.reading = true;
    do {
      this.again = false;
      try {
        await this.refresh();
      } catch (error) {
        const { status } = /** @type {ApiError} */ (error);
        if (status === 404 && !this.gone.signal.aborted) this.failed(error);
        else if (!(error instanceof ApiError) && !this.gone.signal.aborted) throw error;
      }
    } while (this.again && !this.gone.signal.aborted);
    this.reading = false;
  }

  /** @returns {Promise<any>} */
  async load() {
    return null;
  }

  /** @param {any} _found @returns {void | Promise<void>} */
  show(_found) {}

  async refresh() {}

  failed(error) {
    this.ready = false;
    this.reloads = true;
    const title = error.status === 403 ? T.page.forbidden : error.status === 404 ? T.page.missing
      : error.status === 0 ? T.page.unreachable : T.page.wrong;
    if (!(error instanceof ApiError)) console.error(error);
    fill(this, h("section", { class: "state failed", role: "alert" },
      h("h2", {}, title),
      h("p", {}, messageOf(error)),
      error.status === 403 && h("p", {}, T.page.forbiddenHelp),
      h("button", { onclick: () => this.reload() }, T.page.retry)));
  }
}

/**
 * A part of a page that is drawn anew when what it shows has changed, and left alone otherwise.
 * @param {(found: any) => import("../core/dom.js").Child} draw
 * @returns {HTMLElement & {show: (found: any) => void}}
 */
export function section(draw) {
  let last = "";
  const element = h("div");
  element.show = found => {
    const text = JSON.stringify(found);
    if (text === last) return;
    last = text;
    fill(element, draw(found));
  };
  return element;
}

/**
 * The head of a page.
 * @param {string} title
 * @param {string} [subtitle]
 * @param {...import("../core/dom.js").Child} commands
 */
export const heading = (title, subtitle, ...commands) => h("div", { class: "heading" },
  h("div", {}, h("h1", { tabindex: -1 }, title), subtitle && h("p", { class: "muted" }, subtitle)),
  commands.length > 0 && h("div", { class: "commands" }, commands));

/** @param {string} text what a list that has nothing says */
export const empty = text => h("p", { class: "state" }, text);

/**
 * Names and values.
 * @param {[string, import("../core/dom.js").Child][]} pairs
 */
export const facts = pairs => h("dl", { class: "facts" },
  pairs.map(([name, value]) => h("div", {}, h("dt", {}, name), h("dd", {}, value ?? "–"))));

/** What a button is that a role has to allow. @param {boolean | undefined} allowed */
export const only = allowed => ({ disabled: !allowed, title: allowed ? "" : T.instances.notAllowed });

/** @param {string} text what went wrong */
export const trouble = text => h("p", { class: "trouble" }, text);
