/** Upgrade policy: the mode, and how rolling upgrades go. */

import { carryOut, get, may, request } from "../core/api.js";
import { fill, h } from "../core/dom.js";
import { secondsOf } from "../core/format.js";
import { told } from "../parts/actions.js";
import { checkField, choiceField, numberField } from "../parts/forms.js";
import { heading, only, Page, trouble } from "../parts/page.js";
import { drawer, named } from "../parts/twin.js";
import { T } from "../texts.js";

const WRITE = "Microsoft.Compute/virtualMachineScaleSets/write";

/**
 * The end of a form that changes a scale set: what it would do, and doing it.
 * @param {object} options
 * @param {string} options.id
 * @param {() => any} options.body of the PATCH
 * @param {string} options.title
 * @param {() => import("../parts/twin.js").Twin} options.twin
 */
export async function saving({ id, body, title, twin }) {
  const allowed = await may(id, WRITE);
  const answer = h("div", { role: "status" });
  const trial = h("button", { onclick: async event => {
    if (!event.currentTarget.form.reportValidity()) return;
    const tried = { method: "PATCH", path: `${id}?api-version=2024-11-01`, body: body() };
    fill(answer, h("p", {}, T.preview.asking));
    fill(answer, await request("POST", "/_emulator/preview", { body: tried }).then(found => told(found.document), error => trouble(error.message)));
  } }, T.form.preview);
  const save = h("button", { type: "submit", class: "primary", ...only(allowed) }, T.form.save);
  const element = h("div", {}, h("div", { class: "buttons" }, save, trial), answer, drawer(twin));
  const act = async event => {
    event.preventDefault();
    save.disabled = true;
    fill(answer, h("p", {}, T.form.saving));
    try {
      await carryOut(title, "PATCH", id, body());
      fill(answer, h("p", { class: "notice good" }, T.form.saved));
    } catch (error) {
      fill(answer, trouble(/** @type {Error} */ (error).message));
    }
    save.disabled = !allowed;
  };
  return { element, act };
}

export class PolicyPage extends Page {
  async load() {
    return get(this.setId, this.gone.signal);
  }

  async show(set) {
    const policy = set.properties.upgradePolicy ?? { mode: "Manual" };
    const rolling = policy.rollingUpgradePolicy ?? {};
    const flexible = set.properties.orchestrationMode === "Flexible";
    this.fields = {
      maxBatchInstancePercent: numberField({ label: T.policy.batch, help: T.policy.batchHelp, least: 5, most: 100, value: rolling.maxBatchInstancePercent ?? 20 }),
      maxUnhealthyInstancePercent: numberField({ label: T.policy.unhealthy, help: T.policy.unhealthyHelp, least: 5, most: 100, value: rolling.maxUnhealthyInstancePercent ?? 20 }),
      maxUnhealthyUpgradedInstancePercent: numberField({ label: T.policy.upgraded, help: T.policy.upgradedHelp, least: 0, most: 100, value: rolling.maxUnhealthyUpgradedInstancePercent ?? 20 }),
      pauseTimeBetweenBatches: numberField({ label: T.policy.pause, help: T.policy.pauseHelp, least: 0, most: 3600, value: secondsOf(rolling.pauseTimeBetweenBatches ?? "PT0S") }),
      enableCrossZoneUpgrade: checkField({ label: T.policy.crossZone, help: T.policy.crossZoneHelp, value: rolling.enableCrossZoneUpgrade }),
      prioritizeUnhealthyInstances: checkField({ label: T.policy.prioritize, help: T.policy.prioritizeHelp, value: rolling.prioritizeUnhealthyInstances }),
      maxSurge: checkField({ label: T.policy.surge, help: T.policy.surgeHelp, value: rolling.maxSurge }),
      rollbackFailedInstancesOnPolicyBreach: checkField({ label: T.policy.rollback, help: T.policy.rollbackHelp, value: rolling.rollbackFailedInstancesOnPolicyBreach }),
    };
    this.before = rolling;
    const mode = choiceField({ label: T.policy.mode, choices: ["Automatic", "Manual", "Rolling"], value: policy.mode, attributes: { onchange: () => drawMode() } });
    this.mode = mode.input;
    const effect = h("p", { class: "notice", role: "status" });
    const settings = h("fieldset", { class: "card" }, h("legend", {}, T.policy.rolling), Object.values(this.fields));
    const drawMode = () => {
      fill(effect, T.policy.modes[mode.input.value]);
      settings.hidden = mode.input.value !== "Rolling";
      settings.disabled = settings.hidden;
    };
    drawMode();
    const { element, act } = await saving({ id: this.setId, body: () => this.body(), title: T.policy.saving(set.name), twin: () => this.twin() });
    this.append(heading(T.pages.policy, `${set.name} · ${set.properties.orchestrationMode}`),
      flexible ? h("p", { class: "muted" }, T.policy.flexible) : "",
      h("form", { class: "form", onsubmit: act }, mode, effect, settings, h("p", { class: "muted" }, T.policy.exceptions), element));
  }

  rolling() {
    const found = Object.entries(this.fields ?? {}).map(([name, field]) => {
      const { type, value, checked } = field.input;
      if (type === "checkbox") return [name, checked];
      return [name, name === "pauseTimeBetweenBatches" ? `PT${value}S` : Number(value)];
    });
    return Object.fromEntries(found.filter(([name, value]) => value !== false || this.before?.[name] !== undefined));
  }

  body() {
    const rolling = this.mode.value === "Rolling" ? { rollingUpgradePolicy: this.rolling() } : {};
    return { properties: { upgradePolicy: { mode: this.mode.value, ...rolling } } };
  }

  /** @returns {import("../parts/twin.js").Twin} */
  twin() {
    const { sh, ps, py } = named(this.setId);
    const { upgradePolicy } = this.body().properties;
    const rolling = Object.entries(upgradePolicy.rollingUpgradePolicy ?? {});
    const set = [`upgradePolicy.mode=${upgradePolicy.mode}`, ...rolling.map(([member, value]) => `upgradePolicy.rollingUpgradePolicy.${member}=${value}`)].join(" ");
    const place = ps;
    return {
      az: `az vmss update ${sh} --set ${set}`,
      vmss: `vmss update ${sh} --set ${set}`,
      powershell: `Update-AzVmss ${place} -UpgradePolicyMode ${upgradePolicy.mode}`
        + rolling.filter(([member]) => POWERSHELL[member]).map(([member, value]) => ` \`\n  -${POWERSHELL[member]} ${typeof value === "boolean" ? `$${value}` : value}`).join(""),
      python: updated(py, this.body()),
      rest: ["PATCH", this.setId, this.body()],
    };
  }
}

/** @type {Record<string, string>} */
const POWERSHELL = {
  maxBatchInstancePercent: "MaxBatchInstancePercent", maxUnhealthyInstancePercent: "MaxUnhealthyInstancePercent",
  maxUnhealthyUpgradedInstancePercent: "MaxUnhealthyUpgradedInstancePercent", pauseTimeBetweenBatches: "PauseTimeBetweenBatches",
};

/** A change of a scale set in Python. @param {string} set @param {any} body */
export const updated = (set, body) =>
  `from vmss_sdk import VirtualMachineScaleSetUpdate\n\nchange = VirtualMachineScaleSetUpdate.from_wire(${python(body)})\n${set}.update(change).result()`;

/** A document as Python writes it. @param {any} value */
export const python = value => JSON.stringify(value, null, 4).replace(/: (true|false|null)(,?)$/gm,
  (_, word, comma) => `: ${{ true: "True", false: "False", null: "None" }[/** @type {"true"} */ (word)]}${comma}`);

customElements.define("policy-page", PolicyPage);
