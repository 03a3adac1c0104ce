/** The decision log: what was decided, and why. */

import { get } from "../core/api.js";
import { fill, h } from "../core/dom.js";
import { counted, spoken } from "../core/format.js";
import { linkTo } from "../core/router.js";
import { controlled } from "../core/rows.js";
import { decisionList } from "../parts/decisions.js";
import { choiceField, textField } from "../parts/forms.js";
import { empty, heading, Page } from "../parts/page.js";
import { drawer, named } from "../parts/twin.js";
import { T } from "../texts.js";

const MOST = 300;  // entries in the page
const KEPT = 10000;  // as the emulator keeps by default

export class DecisionsPage extends Page {
  async load() {
    /** @type {any[]} */
    this.entries = [];
    await this.readOn();
  }

  async readOn() {
    const since = this.entries?.at(-1)?.seq ?? 0;
    const found = await get(`${controlled(this.setId)}/decisions?since=${since}`, this.gone.signal);
    this.dropped = found.dropped;
    this.entries?.push(...found.value);
    this.entries?.splice(0, Math.max(0, this.entries.length - KEPT));
  }

  async show() {
    const { sh, ps, py } = named(this.setId);
    this.kind = choiceField({ label: T.decisions.kind, choices: [["", T.decisions.all]], attributes: { onchange: () => this.draw() } });
    this.search = textField({ label: T.table.filter, value: this.place.text ?? "", attributes: { type: "search", oninput: () => this.draw() } });
    this.count = h("p", { class: "muted", role: "status" });
    this.list = h("div");
    this.append(heading(T.pages.decisions, T.decisions.subtitle), h("div", { class: "tools" }, this.search, this.kind, this.count), this.list,
      drawer(() => ({ vmss: `vmss log ${sh}`, powershell: `Get-VmssDecisionLog ${ps}`,
        python: `${py}.decision_log()`, rest: ["GET", `${controlled(this.setId)}/decisions`] })));
    this.draw();
  }

  draw() {
    const entries = this.entries ?? [];
    const kinds = [...new Set(entries.map(entry => entry.kind))].sort();
    const select = this.kind.input;
    if (select.options.length !== kinds.length + 1) {
      const chosen = select.value;
      fill(select, h("option", { value: "" }, T.decisions.all), kinds.map(kind => h("option", { value: kind, selected: kind === chosen }, spoken(kind))));
    }
    const words = this.search.input.value.toLowerCase().split(/\s+/).filter(Boolean);
    const shown = entries.filter(entry => (!select.value || entry.kind === select.value) &&
      words.every((/** @type {string} */ word) => `${entry.text} ${entry.instanceIds.join(" ")}`.toLowerCase().includes(word))).toReversed();
    fill(this.count, T.table.found(shown.length, counted(entries.length, T.decisions.entry, T.decisions.entries)), this.dropped ? ` ${T.decisions.dropped(this.dropped)}` : "");
    const link = (/** @type {string} */ rule) => h("a", { href: linkTo("decisions", { id: this.setId, text: `rule ${rule})` }), title: T.decisions.sameRule }, rule);
    fill(this.list, shown.length ? decisionList(shown.slice(0, MOST), link) : empty(T.decisions.none), shown.length > MOST && empty(T.decisions.more(shown.length - MOST)));
  }

  async refresh() {
    await this.readOn();
    this.draw();
  }
}

customElements.define("decisions-page", DecisionsPage);
