/** Creating a scale set in a few answers; what it would be is judged before it is made. */

import { carryOut, get, messageOf, request } from "../core/api.js";
import { fill, h } from "../core/dom.js";
import { go } from "../core/router.js";
import { told } from "../parts/actions.js";
import { checkField, choiceField, numberField, textField } from "../parts/forms.js";
import { heading, Page, trouble } from "../parts/page.js";
import { drawer } from "../parts/twin.js";
import { T } from "../texts.js";
import { python } from "./policy.js";

const IMAGES = { "Ubuntu 24.04": { publisher: "Canonical", offer: "ubuntu-24_04-lts", sku: "server", version: "latest" } };

export class CreatePage extends Page {
  async load() {
    return get("/subscriptions", this.gone.signal);
  }

  show({ value }) {
    const required = { required: true, spellcheck: "false" };
    this.fields = {
      subscription: textField({ label: T.home.subscription, value: value[0]?.subscriptionId ?? "any-subscription", attributes: required }),
      group: textField({ label: T.home.group, help: T.create.groupHelp, value: "rg", attributes: required }),
      name: textField({ label: T.create.name, value: "", attributes: { ...required, pattern: "[A-Za-z0-9][A-Za-z0-9_.-]{0,63}" } }),
      location: textField({ label: T.home.location, value: "westeurope", attributes: required }),
      mode: choiceField({ label: T.home.orchestration, choices: ["Uniform", "Flexible"], value: "Uniform" }),
      zones: checkField({ label: T.create.zones, value: true }),
      image: choiceField({ label: T.instances.image, choices: Object.keys(IMAGES) }),
      size: textField({ label: T.home.size, value: "Standard_D2s_v5", attributes: required }),
      count: numberField({ label: T.create.count, least: 0, most: 1000, value: 3 }),
      user: textField({ label: T.create.user, value: "azureuser", attributes: required }),
      password: textField({ label: T.create.password, help: T.create.passwordHelp, attributes: { ...required, type: "password", autocomplete: "off", minlength: 12 } }),
      policy: choiceField({ label: T.policy.mode, choices: ["Manual", "Automatic", "Rolling"], value: "Rolling" }),
      health: checkField({ label: T.create.health, help: T.create.healthHelp, value: true }),
    };
    this.answer = h("div", { role: "status" });
    this.make = h("button", { class: "primary", disabled: true, onclick: () => this.create() }, T.create.make);
    const group = (/** @type {string} */ title, /** @type {any[]} */ ...fields) => h("fieldset", { class: "card" }, h("legend", {}, title), fields);
    const f = this.fields;
    const form = h("form", { class: "form", onsubmit: event => this.review(event), oninput: () => { this.make.disabled = true; } },
      group(T.create.basics, f.subscription, f.group, f.name, f.location), group(T.create.instances, f.mode, f.zones, f.image, f.size, f.count, f.user, f.password),
      group(T.create.upgrades, f.policy, f.health), h("div", { class: "buttons" }, h("button", { type: "submit", class: "primary" }, T.create.review), this.make), this.answer,
      drawer(() => ({ python: `from vmss_sdk import VirtualMachineScaleSet\n\nclient.resource_groups.create_or_update(${JSON.stringify(this.value("group"))}, ${JSON.stringify(this.value("location"))})\nmodel = VirtualMachineScaleSet.from_wire(${python(this.shown())})\nclient.scale_set(${JSON.stringify(this.value("group"))}, ${JSON.stringify(this.value("name"))}).create_or_update(model).result()`, rest: ["PUT", this.id_, this.shown()] })));
    this.append(heading(T.pages.create, T.create.subtitle), form);
  }

  /** @param {string} name @returns {string} */
  value(name) {
    return /** @type {any} */ (this.fields)[name].input.value.trim();
  }

  get groupId() {
    return `/subscriptions/${this.value("subscription")}/resourceGroups/${this.value("group")}`;
  }

  get id_() {
    return `${this.groupId}/providers/Microsoft.Compute/virtualMachineScaleSets/${this.value("name")}`;
  }

  body() {
    const f = /** @type {any} */ (this.fields);
    const flexible = this.value("mode") === "Flexible";
    const subnet = `${this.groupId}/providers/Microsoft.Network/virtualNetworks/vnet/subnets/default`;
    const health = { name: "health", properties: { publisher: "Microsoft.ManagedServices", type: "ApplicationHealthLinux", typeHandlerVersion: "1.0", autoUpgradeMinorVersion: true, settings: { protocol: "http", port: 80, requestPath: "/" } } };
    return {
      location: this.value("location"), sku: { name: this.value("size"), capacity: Number(this.value("count")) },
      ...(f.zones.input.checked ? { zones: ["1", "2", "3"] } : {}),
      properties: {
        orchestrationMode: this.value("mode"), ...(flexible ? { platformFaultDomainCount: 1 } : { overprovision: false }),
        upgradePolicy: { mode: this.value("policy") },
        virtualMachineProfile: {
          osProfile: { computerNamePrefix: "vm", adminUsername: this.value("user"), adminPassword: this.value("password") },
          storageProfile: { imageReference: /** @type {any} */ (IMAGES)[this.value("image")], osDisk: { createOption: "FromImage" } },
          networkProfile: { ...(flexible ? { networkApiVersion: "2020-11-01" } : {}), networkInterfaceConfigurations: [{ name: "nic", properties: { primary: true, ipConfigurations: [{ name: "ip", properties: { subnet: { id: subnet } } }] } }] },
          ...(f.health.input.checked ? { extensionProfile: { extensions: [health] } } : {}),
        },
      },
    };
  }

  /** As it is shown to be copied: a password is for nobody's clipboard. */
  shown() {
    const body = this.body();
    body.properties.virtualMachineProfile.osProfile.adminPassword = "…";
    return body;
  }

  /** @param {Event} event */
  async review(event) {
    event.preventDefault();
    fill(this.answer, h("p", {}, T.create.reviewing));
    try {
      await get(this.groupId).catch(error => {
        if (error.status !== 404) throw error;
        return request("PUT", this.groupId, { body: { location: this.value("location") } });
      });
      const { document } = await request("POST", "/_emulator/preview", { body: { method: "PUT", path: `${this.id_}?api-version=2024-11-01`, body: this.body() } });
      fill(this.answer, document.refused ? null : h("p", { class: "notice good" }, T.create.passed), told(document));
      this.make.disabled = document.refused;
      if (!document.refused) this.make.focus();
    } catch (error) {
      fill(this.answer, trouble(messageOf(error)));
    }
  }

  async create() {
    this.make.disabled = true;
    const [id, body] = [this.id_, this.body()];
    carryOut(T.actions.running(T.create.make, this.value("name"), ""), "PUT", id, body).catch(() => null);
    await new Promise(done => setTimeout(done, 300));
    go("overview", { id });
  }
}

customElements.define("create-page", CreatePage);
