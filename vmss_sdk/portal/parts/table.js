/** A table that filters, sorts and selects; of a long list only the rows that can be seen are in the page. */

import { compare, counted } from "../core/format.js";
import { fill, h, newId } from "../core/dom.js";
import { T } from "../texts.js";

const HEIGHT = 36;  // pixels of a row, as portal.css has it
const SPARE = 8;
const SHORT = 60;  // rows: so many are drawn without a thought

/**
 * @typedef {object} Column
 * @property {string} key
 * @property {string} title
 * @property {(row: any) => any} value by which it sorts and is found
 * @property {(row: any) => import("../core/dom.js").Child} [cell] what is shown, if not the value
 * @property {boolean} [hidden] until somebody wants it
 */

export class PortalTable extends HTMLElement {
  /**
   * @param {{label: string, columns: Column[], key: (row: any) => string, selectable?: boolean,
   *          name?: (row: any) => string, empty?: string, filter?: boolean, onselect?: (keys: string[]) => void}} options
   */
  constructor(options = { label: "", columns: [], key: String }) {
    super();
    this.options = options;
    /** @type {any[]} */
    this.rows = [];
    /** @type {Set<string>} */
    this.selected = new Set();
    this.order = { key: "", falling: false };
    this.shown = new Set(options.columns.filter(column => !column.hidden).map(column => column.key));
    this.drawn = new Map();
    /** @type {any[]} */
    this.visible = [];
    if (options.label) this.build();  // a copy that a tool makes of it has none
  }

  build() {
    const { label, selectable, filter = true } = this.options;
    this.search = h("input", { type: "search", placeholder: T.table.filter, "aria-label": `${T.table.filter}: ${label}`, oninput: () => this.arrange() });
    this.count = h("span", { class: "muted", role: "status" });
    this.head = h("tr");
    this.body = h("tbody");
    this.table = h("table", {}, h("caption", { class: "unseen" }, label), h("thead", {}, this.head), this.body);
    this.scroller = h("div", { class: "scroller", tabindex: 0, role: "region", "aria-label": label, onscroll: () => this.draw() }, this.table);
    this.all = selectable ? h("input", { type: "checkbox", "aria-label": T.table.all, onchange: () => this.selectAll() }) : null;
    this.chooser = this.choices();
    fill(this, filter && h("div", { class: "tools" }, this.search, this.chooser, this.count), this.scroller);
    this.drawHead();
    this.sizes = new ResizeObserver(() => this.draw());
  }

  connectedCallback() {
    if (this.scroller) this.sizes?.observe(this.scroller);
  }

  disconnectedCallback() {
    this.sizes?.disconnect();
  }

  choices() {
    const box = (/** @type {Column} */ column) => h("label", { class: "choice" },
      h("input", { type: "checkbox", checked: this.shown.has(column.key), onchange: event => {
        if (event.target.checked) this.shown.add(column.key);
        else this.shown.delete(column.key);
        this.drawHead();
        this.drawn.clear();
        this.draw();
      } }), column.title);
    return h("details", { class: "menu" }, h("summary", {}, T.table.columns), h("div", { class: "popup" }, this.options.columns.map(box)));
  }

  get columns() {
    return this.options.columns.filter(column => this.shown.has(column.key));
  }

  drawHead() {
    fill(this.head, this.all && h("th", { class: "tick", scope: "col" }, this.all), this.columns.map(column => {
      const sorted = this.order.key === column.key;
      const sort = () => {
        this.order = { key: column.key, falling: sorted && !this.order.falling };
        this.drawHead();
        this.arrange();
        this.head.querySelector(`[data-key="${column.key}"]`).focus();
      };
      const direction = this.order.falling ? "descending" : "ascending";
      return h("th", { scope: "col", "aria-sort": sorted ? direction : null },
        h("button", { class: "plain", "data-key": column.key, onclick: sort }, column.title,
          sorted && h("span", { "aria-hidden": "true" }, this.order.falling ? " ↓" : " ↑")));
    }));
  }

  show(rows) {
    this.rows = rows;
    const keys = new Set(rows.map(this.options.key));
    const before = this.selected.size;
    for (const key of this.selected) if (!keys.has(key)) this.selected.delete(key);
    this.arrange();
    if (before !== this.selected.size) this.selectionChanged();
  }

  arrange() {
    const words = this.search.value.toLowerCase().split(/\s+/).filter(Boolean);
    const { columns } = this.options;
    const text = row => columns.map(column => column.value(row)).join(" ").toLowerCase();
    let found = words.length ? this.rows.filter(row => words.every((/** @type {string} */ word) => text(row).includes(word))) : [...this.rows];
    const column = columns.find(one => one.key === this.order.key);
    if (column) {
      const sign = this.order.falling ? -1 : 1;
      found = found.sort((one, other) => sign * compare(column.value(one), column.value(other)));
    }
    this.visible = found;
    const all = counted(this.rows.length, T.table.row, T.table.rows);
    const told = words.length ? T.table.found(found.length, all) : all;
    if (this.count.textContent !== told) this.count.textContent = told;
    this.draw();
  }

  draw() {
    const { scrollTop, clientHeight } = this.scroller;
    const many = this.visible.length > SHORT;
    const first = many ? Math.max(0, Math.floor(scrollTop / HEIGHT) - SPARE) : 0;
    const last = many ? Math.min(this.visible.length, first + Math.ceil((clientHeight || 600) / HEIGHT) + 2 * SPARE) : this.visible.length;
    const rows = this.visible.slice(first, last).map((row, at) => this.rowOf(row, first + at));
    if (!this.visible.length) rows.push(this.nothing());
    const wanted = [spacer(first), ...rows, spacer(this.visible.length - last)];
    const there = [...this.body.children];
    if (wanted.length !== there.length || wanted.some((row, at) => row !== there[at] && !(row.hidden && there[at].hidden))) {
      this.body.replaceChildren(...wanted);
    }
    this.table.setAttribute("aria-rowcount", String(this.visible.length + 1));
    this.forget(rows);
    this.drawAll();
  }

  nothing() {
    const span = this.columns.length + (this.all ? 1 : 0);
    const text = this.rows.length ? T.table.noneFound : this.options.empty ?? T.table.none;
    return h("tr", {}, h("td", { colspan: span, class: "state" }, text));
  }

  /** @param {any[]} rows those that are in the page; others are drawn anew when they come */
  forget(rows) {
    if (this.drawn.size <= 4 * SHORT) return;
    const kept = new Set(rows);
    for (const [key, entry] of this.drawn) if (!kept.has(entry.element)) this.drawn.delete(key);
  }

  rowOf(row, at) {
    const key = this.options.key(row);
    let entry = this.drawn.get(key);
    if (!entry) {
      entry = { element: h("tr"), row: null, tick: null };
      if (this.all) {
        const name = (this.options.name ?? this.options.key)(row);
        entry.tick = h("input", { type: "checkbox", id: newId("tick"), "aria-label": T.table.select(name), onchange: () => this.toggle(key) });
        entry.element.append(h("td", { class: "tick" }, entry.tick));
      }
      this.drawn.set(key, entry);
    }
    if (entry.row !== row) {
      const cells = this.columns.map(column => h("td", {}, column.cell ? column.cell(row) : column.value(row) ?? "–"));
      while (entry.element.children.length > (entry.tick ? 1 : 0)) entry.element.lastChild.remove();
      entry.element.append(...cells);
      entry.row = row;
    }
    entry.element.setAttribute("aria-rowindex", String(at + 2));
    if (entry.tick) entry.tick.checked = this.selected.has(key);
    entry.element.classList.toggle("selected", this.selected.has(key));
    return entry.element;
  }

  /** @param {string} key */
  toggle(key) {
    if (!this.selected.delete(key)) this.selected.add(key);
    this.selectionChanged();
    this.draw();
  }

  selectAll() {
    const keys = this.visible.map(this.options.key);
    if (this.all.checked) for (const key of keys) this.selected.add(key);
    else for (const key of keys) this.selected.delete(key);
    this.selectionChanged();
    this.draw();
  }

  drawAll() {
    if (!this.all) return;
    const chosen = this.visible.filter(row => this.selected.has(this.options.key(row))).length;
    this.all.checked = chosen > 0 && chosen === this.visible.length;
    this.all.indeterminate = chosen > 0 && chosen < this.visible.length;
  }

  selectionChanged() {
    this.options.onselect?.([...this.selected]);
  }
}

/** @param {number} rows the room of rows that are not drawn */
function spacer(rows) {
  const row = h("tr", { "aria-hidden": "true", class: "spacer", hidden: rows <= 0 });
  if (rows > 0) {
    const cell = h("td");
    cell.style.height = `${rows * HEIGHT}px`;
    row.append(cell);
  }
  return row;
}

customElements.define("portal-table", PortalTable);
