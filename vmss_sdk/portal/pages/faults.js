/** Faults and time: what goes wrong in a rehearsal, and how fast it goes. */

import { get, messageOf, request } from "../core/api.js";
import { fill, h } from "../core/dom.js";
import { spoken } from "../core/format.js";
import { controlled } from "../core/rows.js";
import { store } from "../core/store.js";
import { moveClock } from "../parts/clock.js";
import { say } from "../parts/dialog.js";
import { choiceField, numberField, textField, words } from "../parts/forms.js";
import { heading, Page, section } from "../parts/page.js";
import { drawer, named } from "../parts/twin.js";
import { T } from "../texts.js";
import { card, plainTable } from "./instance.js";

const NAMED = ["instanceIds", "count"];
/** The members of each kind; what happens at once stands behind the others. @type {Record<string, string[]>} */
const KINDS = {
  unhealthyAfterUpgrade: [...NAMED, "state"], provisioningFailure: [...NAMED, "code", "message"], extensionFailure: [...NAMED, "extension", "code", "message"],
  slowBoot: [...NAMED, "seconds"], quota: ["left"], zoneDown: ["zone"], conflict: NAMED,
  scriptAnswer: [...NAMED, "command", "exitCode", "output", "error"], machineNames: ["names"],
  health: ["instanceIds", "state"], eviction: ["instanceIds"], platformUpgrade: [], data: ["instanceIds", "place", "value"],
};
/** @type {Record<string, string[]>} */
const SERVICE = {
  throttle: ["method", "path", "count", "seconds", "retryAfter"], serverError: ["method", "path", "count", "seconds", "status"], dropConnection: ["method", "path", "count", "seconds"],
};
const AT_ONCE = ["health", "eviction", "platformUpgrade", "data"];
const NUMBERS = ["count", "left", "seconds", "exitCode", "status", "retryAfter"];
const LISTS = ["instanceIds", "names"];

/** The clock, with what moves it. */
export function timeCard() {
  const minutes = numberField({ label: T.clock.minutes, least: 1, most: 100000, value: 10 });
  const factor = numberField({ label: T.clock.factor, least: 0, most: 100000, value: store.clock?.speed ?? 60 });
  const button = (/** @type {string} */ text, /** @type {() => any} */ body) => h("button", { onclick: async () => {
    await moveClock(body());
    say(text);
  } }, text);
  const move = () => ({ advance: Number(minutes.input.value) * 60 });
  const speed = () => ({ speed: Number(factor.input.value) });
  return card(T.clock.title, h("p", {}, T.clock.text), h("div", { class: "row" }, minutes, button(T.clock.advance, move)),
    store.clock?.kind === "scaled" && h("div", { class: "row" }, factor, button(T.clock.setSpeed, speed)),
    h("div", { class: "buttons" }, button(T.clock.skip, () => ({ skip: "next" }))),
    drawer(() => ({ vmss: `vmss emulator clock --advance ${Number(minutes.input.value) * 60}`, powershell: `Set-VmssEmulatorClock -Advance ${Number(minutes.input.value) * 60}`,
      python: `client.emulator.clock.advance(${Number(minutes.input.value) * 60})`, rest: ["POST", "/_emulator/clock", move()] })));
}

export class FaultsPage extends Page {
  get path() {
    return this.place.id ? `${controlled(this.place.id)}/faults` : "/_emulator/faults";
  }

  async load() {
    return get(this.path, this.gone.signal);
  }

  show(found) {
    const kinds = this.place.id ? KINDS : SERVICE;
    const kind = choiceField({ label: T.faults.kind, choices: Object.keys(kinds).map(name => [name, spoken(name)]), attributes: { onchange: () => choose() } });
    const help = h("p", { class: "muted", role: "status" });
    const fields = h("div");
    const trouble = h("p", { class: "trouble", role: "alert", hidden: true });
    const choose = () => {
      fill(help, T.faults.kinds[kind.input.value]);
      fill(fields, kinds[kind.input.value].map(name => textField({ label: T.faults.members[name] ?? spoken(name), attributes: { name, inputmode: NUMBERS.includes(name) ? "numeric" : null } })));
    };
    const body = () => {
      const values = [...fields.querySelectorAll("input")].filter(input => input.value).map(input => [input.name,
        NUMBERS.includes(input.name) ? Number(input.value) : LISTS.includes(input.name) ? words(input.value) : input.value]);
      return { kind: kind.input.value, ...Object.fromEntries(values) };
    };
    const add = async event => {
      event.preventDefault();
      trouble.hidden = true;
      try {
        await request("POST", this.path, { body: body() });
        say(T.faults.added);
        await this.refresh();
      } catch (error) {
        trouble.hidden = false;
        fill(trouble, messageOf(error));
      }
    };
    choose();
    this.list = section(value => [plainTable(T.faults.set, [T.faults.kind, T.faults.details], value.map(({ kind: name, ...rest }) => [spoken(name), details(rest)])),
      value.length > 0 && h("button", { onclick: () => this.clear() }, T.faults.clear)]);
    this.append(heading(this.place.id ? T.pages.faults : T.pages.service, T.faults.subtitle), h("div", { class: "cards wide" },
      card(T.faults.add, h("form", { class: "form", onsubmit: add }, kind, help, fields, trouble, h("div", { class: "buttons" }, h("button", { type: "submit", class: "primary" }, T.faults.add))),
        drawer(() => this.twin(body()))),
      h("div", {}, card(T.faults.set, this.list), timeCard())));
    this.list.show(found.value);
  }

  /** @returns {import("../parts/twin.js").Twin} */
  twin({ kind, ...members }) {
    const from = this.place.id ? named(this.place.id).py.replace("client", "client.emulator") : "client.emulator";
    const told = [JSON.stringify(kind), ...Object.entries(members).map(([member, value]) => `${member}=${JSON.stringify(value)}`)];
    return { python: AT_ONCE.includes(kind) ? undefined : `${from}.faults.add(${told.join(", ")})`, rest: ["POST", this.path, { kind, ...members }] };
  }

  async clear() {
    await request("DELETE", this.path);
    say(T.faults.cleared);
    await this.refresh();
  }

  async refresh() {
    this.list?.show((await this.load()).value);
  }
}

const details = members => Object.entries(members).filter(([, value]) => value !== null).map(([name, value]) => `${spoken(name)}: ${Array.isArray(value) ? value.join(", ") : value}`).join("; ") || "–";

customElements.define("faults-page", FaultsPage);
