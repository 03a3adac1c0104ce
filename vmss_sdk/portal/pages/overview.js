/** A scale set at a glance. */

import { ApiError, carryOut, get, may } from "../core/api.js";
import { fill, h } from "../core/dom.js";
import { badge, counted, imageText, when } from "../core/format.js";
import { controlled, Rows } from "../core/rows.js";
import { go, linkTo } from "../core/router.js";
import { preview } from "../parts/actions.js";
import { ask } from "../parts/dialog.js";
import { facts, heading, only, Page, section } from "../parts/page.js";
import { drawer, named } from "../parts/twin.js";
import { T } from "../texts.js";

/** What may not be there, or not be read. @param {Promise<any>} asked */
export const orNothing = asked => asked.catch(error => {
  if (error instanceof ApiError && [403, 404].includes(error.status)) return null;
  throw error;
});

/** @param {any[]} values how often each is there */
function tally(values) {
  /** @type {Map<string, number>} */
  const counts = new Map();
  for (const value of values) counts.set(String(value ?? "–"), (counts.get(String(value ?? "–")) ?? 0) + 1);
  return [...counts].sort((one, other) => other[1] - one[1]);
}

/** @param {string} title @param {[string, number][]} counts @param {number} all @param {(value: string) => any} shown */
const bars = (title, counts, all, shown) => h("section", { class: "card" }, h("h2", {}, title),
  h("ul", { class: "bars" }, counts.map(([value, count]) => h("li", {},
    h("span", {}, shown(value)), h("span", {}, String(count)),
    h("progress", { max: Math.max(1, all), value: count, "aria-label": `${title}: ${value}` })))));

export class OverviewPage extends Page {
  /** @type {Rows | undefined} */
  rows;

  async load() {
    this.rows ??= new Rows(this.setId);
    const signal = this.gone.signal;
    const [set, rows, upgrade, pending] = await Promise.all([
      get(this.setId, signal), this.rows.read(signal),
      orNothing(get(`${this.setId}/rollingUpgrades/latest`, signal)), orNothing(get(`${controlled(this.setId)}/pending`, signal)),
    ]);
    return { set, rows, upgrade: upgrade?.properties, pending };
  }

  async show(found) {
    this.banner = section(({ upgrade, pending }) => [this.rolls(upgrade), this.lacks(pending)]);
    this.facts = section(set => this.essentials(set));
    this.charts = section(([rows, models]) => this.states(rows, models));
    const allowed = await may(this.setId, "Microsoft.Compute/virtualMachineScaleSets/delete");
    const remove = h("button", { ...only(allowed), onclick: () => this.askToDelete() }, T.overview.delete);
    this.append(heading(found.set.name, T.overview.type,
      h("a", { class: "button", href: linkTo("resource", { resource: this.setId }) }, T.overview.json), remove),
    this.banner, this.facts, this.charts);
    this.draw(found);
  }

  draw({ set, rows, upgrade, pending }) {
    this.banner?.show({ upgrade, pending: pending && { summary: pending.summary, used: pending.modelsInUse } });
    this.facts?.show(set);
    this.charts?.show([rows.map(row => [row.powerState, row.healthState, row.provisioningState, row.zone, row.appliedModel, row.latestModelApplied]), pending?.latestModel]);
  }

  async refresh() {
    this.draw(await this.load());
  }

  rolls(upgrade) {
    if (!upgrade || !["RollingForward", "Faulted"].includes(upgrade.runningStatus.code)) return null;
    const { successfulInstanceCount: done, inProgressInstanceCount: busy, pendingInstanceCount: left, failedInstanceCount: failed } = upgrade.progress;
    const failing = upgrade.runningStatus.code === "Faulted";
    return h("div", { class: `notice ${failing ? "bad" : "busy"}`, role: "status" },
      h("strong", {}, failing ? T.overview.faulted : T.overview.rolling), " ", T.overview.progress(done, busy, left, failed), " ",
      h("a", { href: linkTo("rolling", { id: this.setId }) }, T.overview.see));
  }

  lacks(pending) {
    if (!pending || pending.summary === "nothing is pending") return null;
    return h("div", { class: "notice warn" }, h("strong", {}, T.overview.pending), " ", pending.summary, " ", h("a", { href: linkTo("instances", { id: this.setId }) }, T.pages.instances));
  }

  essentials(set) {
    const { properties } = set;
    const profile = properties.virtualMachineProfile ?? {};
    return h("section", { class: "card" }, h("h2", { class: "unseen" }, T.overview.essentials), facts([
      [T.home.group, named(this.setId).group],
      [T.overview.status, badge(properties.provisioningState)],
      [T.home.location, [set.location, set.zones && `(${T.overview.zones(set.zones.join(", "))})`].filter(Boolean).join(" ")],
      [T.home.orchestration, properties.orchestrationMode],
      [T.home.capacity, String(set.sku?.capacity ?? 0)],
      [T.home.size, set.sku?.name],
      [T.home.policy, properties.upgradePolicy && h("a", { href: linkTo("policy", { id: this.setId }) }, properties.upgradePolicy.mode)],
      [T.instances.image, `${imageText(profile.storageProfile?.imageReference)} ${profile.storageProfile?.imageReference?.version ?? ""}`],
      [T.overview.user, profile.osProfile?.adminUsername],
      [T.overview.created, when(properties.timeCreated)],
      [T.home.subscription, named(this.setId).subscription],
    ]));
  }

  /** @param {any[]} rows @param {number | undefined} latest */
  states(rows, latest) {
    const of = (/** @type {number} */ at) => tally(rows.map(row => row[at]));
    const state = (/** @type {string} */ value) => badge(value === "–" ? null : value);
    const models = rows.some(row => row[4]) ? of(4) : of(5);
    const version = (/** @type {string} */ value) => (rows.some(row => row[4]) ? T.overview.version(value, Number(value) === latest) : T.overview.latest(value));
    if (!rows.length) return h("p", { class: "state" }, T.instances.none);
    return h("div", { class: "cards" }, bars(T.instances.status, of(0), rows.length, state), bars(T.instances.health, of(1), rows.length, state),
      bars(T.instances.provisioning, of(2), rows.length, state), bars(T.overview.models, models, rows.length, version),
      bars(T.instances.zone, of(3), rows.length, value => value));
  }

  async askToDelete() {
    const { name, sh, ps, py } = named(this.setId);
    const instances = this.rows?.all.length ?? 0;
    const typed = h("input", { type: "text", required: true, "aria-label": T.overview.typeName(name), autocomplete: "off" });
    const gone = await ask({
      title: T.overview.deleteTitle(name), confirm: T.overview.delete, dangerous: true,
      build: ({ body, confirm }) => {
        confirm.disabled = true;
        typed.addEventListener("input", () => { confirm.disabled = typed.value !== name; });
        fill(body, h("p", {}, T.overview.deleteText(counted(instances, T.words.instance))), preview("DELETE", this.setId, undefined),
          h("p", {}, T.overview.typeName(name)), typed,
          drawer(() => ({ az: `az vmss delete ${sh}`, vmss: `vmss delete ${sh} --yes`,
            powershell: `Remove-AzVmss ${ps} -Force`,
            python: `${py}.delete().result()`, rest: ["DELETE", this.setId] })));
      },
      act: () => { carryOut(T.actions.running(T.overview.delete, name, ""), "DELETE", this.setId).catch(() => null); },
    });
    if (gone) go("home");
  }
}

customElements.define("overview-page", OverviewPage);
