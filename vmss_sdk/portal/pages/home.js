/** Resource groups and scale sets. */

import { list } from "../core/api.js";
import { h } from "../core/dom.js";
import { badge } from "../core/format.js";
import { linkTo } from "../core/router.js";
import { empty, heading, Page } from "../parts/page.js";
import { PortalTable } from "../parts/table.js";
import { T } from "../texts.js";

export const groupOf = id => id.split("/")[4] ?? "";

/** All of a kind in every subscription. @param {string} path @param {AbortSignal} signal */
export async function everywhere(path, signal) {
  const subscriptions = await list("/subscriptions", signal);
  const found = await Promise.all(subscriptions.map(one => list(`${one.id}/${path}`, signal)));
  return named(found.flat(), path === "resourceGroups" ? [] : (await everywhere("resourceGroups", signal)));
}

/** Lists tell groups in capitals, as Azure's do: here each is called as it was made. @param {any[]} items @param {any[]} groups */
function named(items, groups) {
  const names = new Map(groups.map(group => [group.id.toLowerCase(), group.id]));
  return items.map(item => {
    const group = item.id.split("/").slice(0, 5).join("/");
    return { ...item, id: (names.get(group.toLowerCase()) ?? group) + item.id.slice(group.length) };
  });
}

/** @type {import("../parts/table.js").Column[]} */
const SETS = [
  { key: "name", title: T.home.name, value: set => set.name, cell: set => h("a", { href: linkTo("overview", { id: set.id }) }, set.name) },
  { key: "group", title: T.home.group, value: set => groupOf(set.id) },
  { key: "location", title: T.home.location, value: set => set.location },
  { key: "mode", title: T.home.orchestration, value: set => set.properties.orchestrationMode },
  { key: "capacity", title: T.home.capacity, value: set => set.sku?.capacity ?? 0 },
  { key: "policy", title: T.home.policy, value: set => set.properties.upgradePolicy?.mode ?? "–" },
  { key: "state", title: T.home.state, value: set => set.properties.provisioningState, cell: set => badge(set.properties.provisioningState) },
  { key: "size", title: T.home.size, value: set => set.sku?.name ?? "–", hidden: true },
  { key: "zones", title: T.home.zones, value: set => set.zones?.join(", ") ?? "–", hidden: true },
  { key: "subscription", title: T.home.subscription, value: set => set.id.split("/")[2], hidden: true },
];
/** @type {import("../parts/table.js").Column[]} */
const GROUPS = [
  { key: "name", title: T.home.name, value: group => group.name, cell: group => h("a", { href: linkTo("resources", { group: group.id }) }, group.name) },
  { key: "location", title: T.home.location, value: group => group.location },
  { key: "subscription", title: T.home.subscription, value: group => group.id.split("/")[2] },
];

export class HomePage extends Page {
  async load() {
    const signal = this.gone.signal;
    const [sets, groups] = await Promise.all([everywhere("providers/Microsoft.Compute/virtualMachineScaleSets", signal), everywhere("resourceGroups", signal)]);
    return { sets, groups };
  }

  show(found) {
    this.sets = new PortalTable({ label: T.home.sets, columns: SETS, key: set => set.id, empty: T.home.noSets });
    this.groups = new PortalTable({ label: T.home.groups, columns: GROUPS, key: group => group.id, empty: T.home.noGroups });
    const create = h("a", { href: linkTo("create"), class: "button primary" }, T.pages.create);
    this.append(heading(T.home.title, T.home.subtitle, create),
      ...(found.groups.length ? [] : [empty(T.home.welcome)]),
      h("h2", {}, T.home.sets), this.sets, h("h2", {}, T.home.groups), this.groups);
    this.draw(found);
  }

  draw({ sets, groups }) {
    this.sets?.show(sets);
    this.groups?.show(groups);
  }

  async refresh() {
    this.draw(await this.load());
  }
}

customElements.define("home-page", HomePage);
