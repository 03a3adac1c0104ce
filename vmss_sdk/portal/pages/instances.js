/** Settings › Instances: see them, select them, act on them. */

import { get, may } from "../core/api.js";
import { fill, h } from "../core/dom.js";
import { badge, counted, imageText } from "../core/format.js";
import { Rows } from "../core/rows.js";
import { ACTIONS, askFor, askForProtection } from "../parts/actions.js";
import { say } from "../parts/dialog.js";
import { heading, Page } from "../parts/page.js";
import { PortalTable } from "../parts/table.js";
import { T } from "../texts.js";
import { linkTo } from "../core/router.js";

/** @typedef {import("../core/rows.js").Row} Row */

/** @param {Row} row */
function protection(row) {
  if (row.protectFromScaleSetActions) return T.instances.protectedActions;
  return row.protectFromScaleIn ? T.instances.protectedScaleIn : "";
}

/**
 * The columns of Azure's portal.
 * @param {string} id of the scale set
 * @returns {import("../parts/table.js").Column[]}
 */
const columns = id => [
  { key: "name", title: T.instances.name, value: row => row.name,
    cell: row => h("a", { href: linkTo("instance", { id, instance: row.instanceId }) }, row.name) },
  { key: "computerName", title: T.instances.computerName, value: row => row.computerName },
  { key: "zone", title: T.instances.zone, value: row => row.zone },
  { key: "faultDomain", title: T.instances.faultDomain, value: row => row.faultDomain },
  { key: "status", title: T.instances.status, value: row => row.powerState, cell: row => badge(row.powerState) },
  { key: "health", title: T.instances.health, value: row => row.healthState, cell: row => badge(row.healthState) },
  { key: "provisioning", title: T.instances.provisioning, value: row => row.provisioningState,
    cell: row => h("span", { title: row.error?.message ?? "" }, badge(row.provisioningState)) },
  { key: "protection", title: T.instances.protection, value: protection },
  { key: "latest", title: T.instances.latest, value: row => (row.latestModelApplied ? T.words.yes : T.words.no),
    cell: row => badge(row.latestModelApplied ? "yes" : "no", row.latestModelApplied ? T.words.yes : T.words.no) },
  { key: "size", title: T.instances.size, value: row => row.size },
  { key: "image", title: T.instances.image, value: row => `${imageText(row.image)} ${row.imageVersion ?? ""}` },
  { key: "disk", title: T.instances.disk, value: row => row.osDisk, hidden: true },
];

export class InstancesPage extends Page {
  async load() {
    this.rows = new Rows(this.setId);
    const [set, rows] = await Promise.all([get(this.setId, this.gone.signal), this.rows.read(this.gone.signal)]);
    this.allowed = await this.rights();
    return { set, rows };
  }

  async rights() {
    const asked = [...Object.entries(ACTIONS).map(([key, action]) => [key, action.right]),
      ["protect", "Microsoft.Compute/virtualMachineScaleSets/virtualMachines/write"]];
    const found = await Promise.all(asked.map(async ([key, right]) => /** @type {[string, boolean]} */ ([key, await may(this.setId, right)])));
    return new Map(found);
  }

  show({ set, rows }) {
    this.location = set.location;
    this.table = new PortalTable({
      label: T.instances.title, columns: columns(this.setId), key: row => row.instanceId, name: row => row.name,
      selectable: true, empty: T.instances.none, onselect: keys => this.chosen(keys),
    });
    this.bar = this.commands();
    this.note = h("p", { class: "muted", role: "status" });
    const forbidden = [...(this.allowed?.values() ?? [])].every(one => !one);
    this.append(
      heading(T.instances.title, `${set.name} · ${set.properties.orchestrationMode}`),
      ...(forbidden ? [h("p", { class: "notice" }, T.instances.readOnly)] : []),
      this.bar, this.note, this.table);
    this.table.show(rows);
    this.chosen([]);
  }

  commands() {
    const button = (/** @type {string} */ key, /** @type {string} */ title, /** @type {(rows: Row[]) => any} */ act) => h("button", {
      "data-command": key, onclick: async () => {
        const rows = this.table?.rows.filter(row => this.table?.selected.has(row.instanceId)) ?? [];
        if (await act(rows)) say(T.instances.begun(title));
      },
    }, title);
    const actions = Object.keys(ACTIONS).map(key => button(key, T.actions[key].title, rows => askFor(key, this.setId, rows)));
    return h("div", { class: "commandbar", role: "toolbar", "aria-label": T.instances.commands }, actions,
      button("protect", T.protection.title, rows => askForProtection(this.setId, rows, this.location)),
      h("button", { onclick: () => this.changed().then(() => say(T.instances.refreshed)) }, T.instances.refresh));
  }

  /** @param {string[]} keys */
  chosen(keys) {
    for (const button of /** @type {any[]} */ ([...(this.bar?.querySelectorAll("[data-command]") ?? [])])) {
      const allowed = this.allowed?.get(button.dataset.command);
      button.disabled = !keys.length || !allowed;
      button.title = allowed ? "" : T.instances.notAllowed;
    }
    if (this.note) fill(this.note, keys.length ? T.instances.chosen(counted(keys.length, T.words.instance)) : T.instances.choose);
  }

  async refresh() {
    const rows = await this.rows?.read(this.gone.signal);
    this.table?.show(rows ?? []);
  }
}

customElements.define("instances-page", InstancesPage);
