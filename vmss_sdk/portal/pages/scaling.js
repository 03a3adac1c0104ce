/** How many instances there are, and which go first. */

import { get } from "../core/api.js";
import { h } from "../core/dom.js";
import { checkField, choiceField, numberField } from "../parts/forms.js";
import { heading, Page } from "../parts/page.js";
import { named } from "../parts/twin.js";
import { T } from "../texts.js";
import { saving, updated } from "./policy.js";

export class ScalingPage extends Page {
  async load() {
    return get(this.setId, this.gone.signal);
  }

  async show(set) {
    const { name, sh, ps, py } = named(this.setId);
    const policy = set.properties.scaleInPolicy ?? {};
    const count = numberField({ label: T.scaling.capacity, help: T.scaling.capacityHelp, least: 0, most: 1000, value: set.sku?.capacity ?? 0 });
    const rule = choiceField({ label: T.scaling.rule, help: T.scaling.ruleHelp, choices: ["Default", "NewestVM", "OldestVM"], value: policy.rules?.[0] ?? "Default" });
    const force = checkField({ label: T.scaling.force, value: policy.forceDeletion });
    const body = () => {
      const wanted = { rules: [rule.input.value], ...(force.input.checked || policy.forceDeletion !== undefined ? { forceDeletion: force.input.checked } : {}) };
      const changed = rule.input.value !== (policy.rules?.[0] ?? "Default") || force.input.checked !== Boolean(policy.forceDeletion);
      return { sku: { name: set.sku?.name, capacity: Number(count.input.value) }, ...(changed ? { properties: { scaleInPolicy: wanted } } : {}) };
    };
    const twin = () => ({
      az: `az vmss scale ${sh} --new-capacity ${count.input.value}`, vmss: `vmss scale ${sh} --new-capacity ${count.input.value}`,
      powershell: `Update-AzVmss ${ps} -SkuCapacity ${count.input.value}`,
      python: `${py}.set_capacity(${count.input.value}).result()`, rest: /** @type {[string, string, any]} */ (["PATCH", this.setId, body()]),
    });
    const { element, act } = await saving({ id: this.setId, body, title: T.policy.saving(name), twin });
    this.append(heading(T.pages.scaling, name), h("form", { class: "form", onsubmit: act }, count, rule, force, element));
  }
}

export class HealthPage extends Page {
  async load() {
    const set = await get(this.setId, this.gone.signal);
    const view = await get(`${this.setId}/instanceView`, this.gone.signal);
    return { set, view };
  }

  async show({ set, view }) {
    const { name, sh, ps, py } = named(this.setId);
    const policy = set.properties.automaticRepairsPolicy ?? {};
    const extension = set.properties.virtualMachineProfile?.extensionProfile?.extensions?.find(one => one.properties.type.startsWith("ApplicationHealth"));
    const probe = set.properties.virtualMachineProfile?.networkProfile?.healthProbe?.id;
    const source = extension ? T.health.extension(extension.properties) : probe ? T.health.probe(probe) : T.health.none;
    const enabled = checkField({ label: T.health.repairs, help: T.health.repairsHelp, value: policy.enabled });
    const action = choiceField({ label: T.health.action, choices: ["Replace", "Restart", "Reimage"], value: policy.repairAction ?? "Replace" });
    const minutes = Number(/PT(\d+)M/.exec(policy.gracePeriod ?? "PT10M")?.[1] ?? 10);
    const grace = numberField({ label: T.health.grace, help: T.health.graceHelp, least: 10, most: 90, value: minutes });
    const body = () => ({ properties: { automaticRepairsPolicy: { enabled: enabled.input.checked, gracePeriod: `PT${grace.input.value}M`, repairAction: action.input.value } } });
    const twin = () => ({
      az: `az vmss update ${sh} --enable-automatic-repairs ${enabled.input.checked} --automatic-repairs-grace-period ${grace.input.value} --automatic-repairs-action ${action.input.value}`,
      powershell: `Update-AzVmss ${ps} -EnableAutomaticRepair $${enabled.input.checked} -AutomaticRepairGracePeriod PT${grace.input.value}M -AutomaticRepairAction ${action.input.value}`,
      python: updated(py, body()),
      rest: /** @type {[string, string, any]} */ (["PATCH", this.setId, body()]),
    });
    const { element, act } = await saving({ id: this.setId, body, title: T.policy.saving(name), twin });
    const services = view.orchestrationServices ?? [];
    this.append(heading(T.pages.health, name), h("section", { class: "card" }, h("h2", {}, T.health.source), h("p", {}, source),
      services.map(one => h("p", {}, `${one.serviceName}: ${one.serviceState}`))),
    h("form", { class: "form", onsubmit: act }, enabled, action, grace, element));
  }
}

export class ExtensionsPage extends Page {
  async load() {
    return get(`${this.setId}/extensions`, this.gone.signal);
  }

  async show({ value }) {
    const { plainTable } = await import("./instance.js");
    const { linkTo } = await import("../core/router.js");
    this.append(heading(T.pages.extensions, named(this.setId).name), h("p", {}, T.extensions.text, " ", h("a", { href: linkTo("model", { id: this.setId }) }, T.pages.model)),
      plainTable(T.pages.extensions, [T.instances.name, T.extensions.publisher, T.extensions.type, T.extensions.version, T.extensions.minor, T.extensions.settings],
        value.map(({ name, properties }) => [name, properties.publisher, properties.type, properties.typeHandlerVersion,
          properties.autoUpgradeMinorVersion ? T.words.yes : T.words.no, h("code", {}, JSON.stringify(properties.settings ?? {}))])));
  }

  async refresh() {
    const found = await this.load();
    this.replaceChildren();
    await this.show(found);
  }
}

customElements.define("scaling-page", ScalingPage);
customElements.define("health-page", HealthPage);
customElements.define("extensions-page", ExtensionsPage);
