/** One instance: how it is doing, what is on it, what it lacks, and what happened to it. */

import { get, may } from "../core/api.js";
import { h } from "../core/dom.js";
import { badge, imageText, spoken, when } from "../core/format.js";
import { controlled, Rows } from "../core/rows.js";
import { linkTo } from "../core/router.js";
import { ACTIONS, askFor, askForProtection } from "../parts/actions.js";
import { decisionList } from "../parts/decisions.js";
import { empty, facts, heading, only, Page, section, trouble } from "../parts/page.js";
import { T } from "../texts.js";
import { orNothing } from "./overview.js";

/** @param {string} title @param {...any} content */
export const card = (title, ...content) => h("section", { class: "card" }, h("h2", {}, title), content);

/**
 * A plain table of a few lines.
 * @param {string} label
 * @param {string[]} titles
 * @param {any[][]} lines
 */
export const plainTable = (label, titles, lines) => (lines.length ? h("div", { class: "scroller", tabindex: 0, role: "region", "aria-label": label },
  h("table", {}, h("thead", {}, h("tr", {}, titles.map(title => h("th", { scope: "col" }, title)))),
    h("tbody", {}, lines.map(cells => h("tr", {}, cells.map(cell => h("td", {}, cell ?? "–"))))))) : empty(T.table.none));

export class InstancePage extends Page {
  /** @type {Rows | undefined} */
  rows;

  get instanceId() {
    return this.place.instance;
  }

  async load() {
    this.rows ??= new Rows(this.setId);
    const [signal, place] = [this.gone.signal, `${this.setId}/virtualMachines/${this.instanceId}`];
    const [model, view, rows, told, log] = await Promise.all([
      get(place, signal), get(`${place}/instanceView`, signal), this.rows.read(signal),
      orNothing(get(`${controlled(this.setId)}/instances`, signal)), orNothing(get(`${controlled(this.setId)}/decisions`, signal)),
    ]);
    const id = model.instanceId;
    return {
      model, view, row: rows.find(row => row.instanceId === id),
      told: told?.value.find(one => one.instanceId === id),
      decisions: log?.value.filter(one => one.instanceIds.includes(id)) ?? [],
    };
  }

  async show(found) {
    this.whole = section(shown => this.draw(shown));
    this.row = found.row;
    const buttons = await Promise.all(Object.entries(ACTIONS).map(async ([key, action]) => {
      const allowed = await may(this.setId, action.right);
      return h("button", { ...only(allowed), onclick: () => this.row && askFor(key, this.setId, [this.row]) }, T.actions[key].title);
    }));
    const allowed = await may(this.setId, "Microsoft.Compute/virtualMachineScaleSets/virtualMachines/write");
    buttons.push(h("button", { disabled: !allowed, onclick: () => this.row && askForProtection(this.setId, [this.row], found.model.location) }, T.protection.title));
    this.append(heading(found.model.name, T.instance.subtitle(this.setId.split("/").pop() ?? ""),
      h("a", { class: "button", href: linkTo("resource", { resource: found.model.id }) }, T.overview.json)),
    h("div", { class: "commandbar", role: "toolbar", "aria-label": T.instances.commands }, buttons), this.whole);
    this.whole.show(found);
  }

  async refresh() {
    const found = await this.load();
    this.row = found.row;
    this.whole?.show(found);
  }

  draw({ model, view, row, told, decisions }) {
    return h("div", { class: "cards wide" },
      card(T.instance.state, this.state(row, model, view)),
      card(T.instance.pending, this.pending(told)),
      card(T.instance.disks, this.disks(view, told)),
      card(T.pages.extensions, plainTable(T.pages.extensions, [T.instances.name, T.extensions.type, T.extensions.version, T.instances.status],
        (view.extensions ?? []).map(one => [one.name, one.type, one.typeHandlerVersion, badge(one.statuses[0].code.split("/")[1])]))),
      told && card(T.instance.runs, plainTable(T.instance.runs, [T.instances.name, T.instance.reason, T.time.at, T.instances.status],
        told.extensionRuns.map(run => [run.name, spoken(run.reason), when(run.time), badge(run.succeeded ? "succeeded" : "failed")]))),
      h("div", { class: "card whole" }, h("h2", {}, T.instance.history), decisions.length ? decisionList(decisions.toReversed()) : empty(T.decisions.none)));
  }

  /** @param {import("../core/rows.js").Row} row @param {any} model @param {any} view */
  state(row, model, view) {
    return facts([
      [T.instances.status, badge(row?.powerState)], [T.instances.health, badge(row?.healthState)],
      [T.instances.provisioning, [badge(row?.provisioningState), row?.error && trouble(row.error.message)]],
      [T.instances.latest, badge(row?.latestModelApplied ? "yes" : "no", row?.latestModelApplied ? T.words.yes : T.words.no)],
      [T.instances.computerName, row?.computerName], [T.instances.zone, row?.zone], [T.instances.faultDomain, row?.faultDomain],
      [T.instance.updateDomain, view.platformUpdateDomain], [T.instances.size, row?.size],
      [T.instances.image, `${imageText(row?.image)} ${row?.imageVersion ?? ""}`],
      [T.instances.protection, row?.protectFromScaleSetActions ? T.instances.protectedActions : row?.protectFromScaleIn ? T.instances.protectedScaleIn : T.words.no],
      [T.overview.created, when(model.properties.timeCreated)],
    ]);
  }

  pending(told) {
    if (!told) return empty(T.page.forbiddenHelp);
    if (!told.pending.length) return empty(T.instance.nothingPending);
    return plainTable(T.instance.pending, [T.instance.path, T.instance.remedy, T.instance.loses],
      told.pending.map(one => [h("code", {}, one.path), spoken(one.remedy), one.loses.join(", ") || T.words.nothing]));
  }

  disks(view, told) {
    const disk = told?.osDisk;
    const data = Object.entries(told?.data ?? {});
    return [disk && facts([[T.instances.disk, T.instance.diskNumber(disk.number)], [T.instance.written, when(disk.writtenAt)], [T.instance.fromModel, disk.model],
      [T.instance.customData, disk.customDataFingerprint && h("code", {}, disk.customDataFingerprint)]]),
    plainTable(T.instance.disks, [T.instances.name, T.instances.status], view.disks.map(one => [one.name, badge(one.statuses[0].code.split("/")[1])])),
    told && h("h3", {}, T.instance.data),
    told && (data.length ? plainTable(T.instance.data, [T.instance.place, T.instance.value], data.map(([place, value]) => [place, String(value)])) : empty(T.instance.noData))];
  }
}

customElements.define("instance-page", InstancePage);
