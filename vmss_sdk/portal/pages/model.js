/** The model as JSON: change it, see the difference, try it, save it. */

import { carryOut, get, may, request } from "../core/api.js";
import { fill, h } from "../core/dom.js";
import { told } from "../parts/actions.js";
import { areaField } from "../parts/forms.js";
import { heading, Page, trouble } from "../parts/page.js";
import { drawer, named } from "../parts/twin.js";
import { T } from "../texts.js";
import { python } from "./policy.js";

/** Members that are told and cannot be said. */
const TOLD = ["id", "type", "etag"];

/**
 * What differs between two documents.
 * @param {any} before
 * @param {any} after
 * @param {string} [path]
 * @returns {[string, any, any][]}
 */
export function difference(before, after, path = "") {
  if (JSON.stringify(before) === JSON.stringify(after)) return [];
  const nested = value => value !== null && typeof value === "object";
  if (!nested(before) || !nested(after) || Array.isArray(before) !== Array.isArray(after)) return [[path, before, after]];
  const names = [...new Set([...Object.keys(before), ...Object.keys(after)])];
  const step = (/** @type {string} */ name) => (Array.isArray(before) ? `${path}[${name}]` : path ? `${path}.${name}` : name);
  return names.flatMap(name => difference(before[name], after[name], step(name)));
}

export class ModelPage extends Page {
  async load() {
    return get(this.setId, this.gone.signal);
  }

  async show(set) {
    this.read(set);
    const allowed = await may(this.setId, "Microsoft.Compute/virtualMachineScaleSets/write");
    const field = areaField({ label: T.model.label, help: T.model.help, value: this.text, attributes: { rows: 28, class: "editor", oninput: () => this.compare() } });
    this.editor = field.input;
    this.editor.readOnly = !allowed;
    this.answer = h("div", { role: "status" });
    this.changes = h("div");
    this.trial = h("button", { onclick: () => this.preview() }, T.form.preview);
    this.save = h("button", { class: "primary", onclick: () => this.write() }, T.form.save);
    this.allowed = allowed;
    const again = h("button", { onclick: () => this.reload() }, T.model.reset);
    this.append(heading(T.pages.model, set.name), field, h("h2", {}, T.model.changes), this.changes, h("div", { class: "buttons" }, this.save, this.trial, again), this.answer,
      drawer(() => {
        const { py } = named(this.setId);
        const body = this.document();
        return { python: `from vmss_sdk import VirtualMachineScaleSet\n\nmodel = VirtualMachineScaleSet.from_wire(${python(body)})\n${py}.create_or_update(model).result()`, rest: ["PUT", this.setId, body] };
      }));
    this.compare();
  }

  read(set) {
    this.etag = set.etag;
    this.kept = Object.fromEntries(Object.entries(set).filter(([name]) => !TOLD.includes(name)));
    this.text = JSON.stringify(this.kept, null, 2);
  }

  document() {
    return JSON.parse(this.editor.value);
  }

  compare() {
    let found = null;
    try {
      found = difference(this.kept, this.document());
      fill(this.changes, found.length ? h("ul", { class: "diff" }, found.map(([path, before, after]) => h("li", {}, h("code", {}, path), ": ",
        before !== undefined && h("del", {}, JSON.stringify(before)), " ", after !== undefined && h("ins", {}, JSON.stringify(after))))) : h("p", { class: "muted" }, T.model.same));
    } catch (error) {
      fill(this.changes, trouble(T.model.wrong(/** @type {Error} */ (error).message)));
    }
    this.trial.disabled = !found?.length;
    this.save.disabled = !found?.length || !this.allowed;
  }

  async preview() {
    fill(this.answer, h("p", {}, T.preview.asking));
    const tried = { method: "PUT", path: `${this.setId}?api-version=2024-11-01`, body: this.document() };
    fill(this.answer, await request("POST", "/_emulator/preview", { body: tried }).then(found => told(found.document), error => trouble(error.message)));
  }

  async write() {
    this.save.disabled = true;
    fill(this.answer, h("p", {}, T.form.saving));
    try {
      const now = await get(this.setId);
      if (now.etag !== this.etag) throw new Error(T.model.changed);
      await carryOut(T.policy.saving(named(this.setId).name), "PUT", this.setId, this.document());
      this.read(await get(this.setId));
      this.editor.value = this.text;
      this.compare();
      fill(this.answer, h("p", { class: "notice good" }, T.form.saved));
    } catch (error) {
      fill(this.answer, trouble(/** @type {Error} */ (error).message));
      this.save.disabled = false;
    }
  }
}

customElements.define("model-page", ModelPage);
