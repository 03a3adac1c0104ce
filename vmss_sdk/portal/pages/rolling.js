/** Rolling upgrades: batch by batch while they go, gates with their figures, and how earlier ones ended. */

import { carryOut, get, list, may } from "../core/api.js";
import { fill, h } from "../core/dom.js";
import { badge, duration, when } from "../core/format.js";
import { controlled, Rows } from "../core/rows.js";
import { emulatedNow } from "../core/store.js";
import { ask } from "../parts/dialog.js";
import { decisionList } from "../parts/decisions.js";
import { empty, facts, heading, only, Page, section, trouble } from "../parts/page.js";
import { drawer, named } from "../parts/twin.js";
import { T } from "../texts.js";
import { card, plainTable } from "./instance.js";
import { orNothing } from "./overview.js";

const GATES = ["PreCheckPassed", "PreCheckFailed", "UpgradedGateFailed", "HealthGateFailed", "Paused", "UpgradeFaulted", "UpgradeCompleted", "UpgradeCancelled", "RolledBack", "SurgeFellBack", "Skipped"];

const SQUARES = ["BatchStarted", "BatchFinished", "InstanceFailed"];

export class RollingPage extends Page {
  /** @type {Rows | undefined} */
  rows;
  /** @type {any[]} */
  log = [];
  since = 0;

  async load() {
    this.rows ??= new Rows(this.setId);
    const signal = this.gone.signal;
    const [upgrade, rows, log, history] = await Promise.all([
      orNothing(get(`${this.setId}/rollingUpgrades/latest`, signal)), this.rows.read(signal),
      orNothing(get(`${controlled(this.setId)}/decisions?since=${this.since}`, signal)), orNothing(list(`${this.setId}/osUpgradeHistory`, signal)),
    ]);
    this.log.push(...(log?.value ?? []));
    this.since = this.log.at(-1)?.seq ?? this.since;
    const number = this.log.findLast(entry => entry.upgrade !== null)?.upgrade;
    this.log = this.log.filter(entry => number && entry.upgrade === number);
    return { upgrade: upgrade?.properties, rows, entries: this.log, history: history ?? [] };
  }

  async show(found) {
    const { name, sh, ps, py } = named(this.setId);
    const [mayStart, mayCancel] = await Promise.all([may(this.setId, "Microsoft.Compute/virtualMachineScaleSets/osRollingUpgrade/action"), may(this.setId, "Microsoft.Compute/virtualMachineScaleSets/rollingUpgrades/cancel/action")]);
    this.mayCancel = mayCancel;
    this.cancel = h("button", { onclick: () => this.askTo("cancel", "rollingUpgrades/cancel") }, T.rolling.cancel);
    const start = h("button", { ...only(mayStart), onclick: () => this.askTo("start", "osRollingUpgrade") }, T.rolling.start);
    this.state = section(([upgrade]) => this.status(upgrade));
    this.pause = h("p", { class: "notice busy", role: "timer", hidden: true });
    this.grid = section(([entries, rows]) => this.batches(entries, rows));
    this.gates = section(entries => card(T.rolling.gates, entries.length ? decisionList(entries.toReversed()) : empty(T.rolling.noGates)));
    this.past = section(history => card(T.rolling.history, plainTable(T.rolling.history, [T.rolling.code, T.rolling.started, T.rolling.ended, T.rolling.by, T.rolling.counts],
      history.map(({ properties: { runningStatus, progress, startedBy } }) => [badge(runningStatus.code), when(runningStatus.startTime), when(runningStatus.completedTime), startedBy, this.counts(progress)]))));
    this.append(heading(T.pages.rolling, name, start, this.cancel), this.state, this.pause, this.grid, this.gates, this.past,
      drawer(() => ({ az: `az vmss rolling-upgrade get-latest ${sh}`, vmss: `vmss watch ${sh}`,
        powershell: `Get-AzVmssRollingUpgrade ${ps}`,
        python: `${py}.rolling_upgrade.latest()`, rest: ["GET", `${this.setId}/rollingUpgrades/latest`] })));
    this.timer = setInterval(() => this.countDown(), 500);
    this.draw(found);
  }

  disconnectedCallback() {
    clearInterval(this.timer);
    super.disconnectedCallback();
  }

  draw({ upgrade, rows, entries, history }) {
    const running = upgrade?.runningStatus.code === "RollingForward";
    this.cancel.disabled = !(running && this.mayCancel);
    this.last = entries.at(-1);
    this.state?.show([upgrade]);
    this.grid?.show([entries.filter(one => SQUARES.includes(one.kind)), rows.map(row => [row.instanceId, row.zone, row.faultDomain, row.healthState, row.latestModelApplied])]);
    this.gates?.show(entries.filter(one => GATES.includes(one.kind)));
    this.past?.show(history);
    this.countDown();
  }

  async refresh() {
    this.draw(await this.load());
  }

  countDown() {
    const paused = this.last?.kind === "Paused";
    const left = paused ? Date.parse(this.last.time) / 1000 + this.last.figures.seconds - emulatedNow() / 1000 : 0;
    this.pause.hidden = left <= 0;
    if (left > 0) fill(this.pause, T.rolling.pause(duration(left)));
  }

  counts(progress) {
    return T.overview.progress(progress.successfulInstanceCount, progress.inProgressInstanceCount, progress.pendingInstanceCount, progress.failedInstanceCount);
  }

  status(upgrade) {
    if (!upgrade) return empty(T.rolling.never);
    const { runningStatus, progress, policy, error } = upgrade;
    const all = Object.values(progress).reduce((/** @type {number} */ sum, count) => sum + Number(count), 0);
    return h("section", { class: "card" }, h("h2", {}, T.rolling.latest), facts([
      [T.rolling.code, badge(runningStatus.code)], [T.rolling.started, when(runningStatus.startTime)],
      [T.rolling.action, `${runningStatus.lastAction}`], [T.rolling.counts, this.counts(progress)],
      [T.policy.batch, `${policy.maxBatchInstancePercent} %`], [T.policy.unhealthy, `${policy.maxUnhealthyInstancePercent} %`], [T.policy.upgraded, `${policy.maxUnhealthyUpgradedInstancePercent} %`],
    ]),
    h("progress", { max: Math.max(1, all), value: progress.successfulInstanceCount, "aria-label": T.rolling.done }),
    error && trouble(`${error.code}: ${error.message}`));
  }

  /** Each batch a line, in it a square for each instance, by zone. @param {any[]} entries @param {any[][]} rows */
  batches(entries, rows) {
    const begun = entries.filter(entry => entry.kind === "BatchStarted");
    if (!begun.length) return null;
    const known = new Map(rows.map(row => [row[0], row]));
    const of = (/** @type {string} */ kind) => new Set(entries.filter(entry => entry.kind === kind).flatMap(entry => entry.instanceIds));
    const [good, bad] = [of("BatchFinished"), of("InstanceFailed")];
    const square = (/** @type {string} */ id) => {
      const [, zone, domain, health] = known.get(id) ?? [];
      const state = bad.has(id) ? "bad" : good.has(id) ? "good" : "busy";
      const text = T.rolling.square(id, T.rolling.states[state], zone, domain, health);
      return h("li", { class: `square ${state}`, title: text }, h("span", { class: "unseen" }, text), h("span", { "aria-hidden": "true" }, id.length > 4 ? id.slice(-4) : id));
    };
    const line = entry => {
      /** @type {Map<string, string[]>} */
      const zones = new Map();
      for (const id of entry.instanceIds) {
        const zone = known.get(id)?.[1] ?? "–";
        zones.set(zone, [...(zones.get(zone) ?? []), id]);
      }
      return h("li", {}, h("span", { class: "stamp" }, T.rolling.batch(entry.batch), " ", when(entry.time, true)),
        [...zones].map(([zone, ids]) => h("div", { class: "zone" }, zone !== "–" && h("span", { class: "muted" }, T.rolling.zone(zone)), h("ul", { class: "squares" }, ids.map(square)))));
    };
    return h("section", { class: "card" }, h("h2", {}, T.rolling.batches), h("p", { class: "muted" }, T.rolling.legend), h("ol", { class: "batches" }, begun.toReversed().map(line)));
  }

  async askTo(key, verb) {
    const { name, sh, ps, py } = named(this.setId);
    const [command, cmdlet, method] = key === "start" ? ["start", "Start-AzVmssRollingOSUpgrade", "start_os"] : ["cancel", "Stop-AzVmssRollingUpgrade", "cancel"];
    await ask({
      title: T.rolling.ask[key], confirm: T.rolling[key],
      build: ({ body }) => fill(body, h("p", {}, T.rolling.explain[key]), drawer(() => ({
        az: `az vmss rolling-upgrade ${command} ${sh}`, vmss: `vmss rolling-upgrade ${command} ${sh}`,
        powershell: `${cmdlet} ${ps}`,
        python: `${py}.rolling_upgrade.${method}()`, rest: ["POST", `${this.setId}/${verb}`] }))),
      act: () => { carryOut(T.actions.running(T.rolling[key], name, ""), "POST", `${this.setId}/${verb}`).catch(() => null); },
    });
  }
}

customElements.define("rolling-page", RollingPage);
