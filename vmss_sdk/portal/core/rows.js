/** The instances of a scale set, read once and then only what changed. */

import { get, list } from "./api.js";

/**
 * @typedef {object} Row
 * @property {string} instanceId
 * @property {string} name
 * @property {string | null} computerName
 * @property {string | null} zone
 * @property {number | null} faultDomain
 * @property {string} powerState
 * @property {string | null} healthState
 * @property {string} provisioningState
 * @property {{code: string, message: string} | null} error
 * @property {boolean} protectFromScaleIn
 * @property {boolean} protectFromScaleSetActions
 * @property {boolean} latestModelApplied
 * @property {number | null} appliedModel
 * @property {string} size
 * @property {any} image
 * @property {string} imageVersion
 * @property {number | null} osDisk
 */

export class Rows {
  /** @param {string} id of the scale set */
  constructor(id) {
    this.id = id;
    this.cursor = "";
    /** @type {Map<string, Row>} */
    this.map = new Map();
  }

  /** @returns {Row[]} */
  get all() {
    return [...this.map.values()];
  }

  /** Reads what changed since. @param {AbortSignal} [signal] */
  async read(signal) {
    try {
      const found = await get(`${controlled(this.id)}/rows?after=${this.cursor}`, signal);
      this.cursor = found.cursor;
      if (found.reset) this.map.clear();
      for (const id of found.deleted) this.map.delete(id);
      for (const row of found.value) this.map.set(row.instanceId, row);
    } catch (error) {
      if (/** @type {any} */ (error).status !== 403) throw error;
      const found = await list(`${this.id}/virtualMachines?$expand=instanceView`, signal);
      this.map = new Map(found.map(one => [one.instanceId, fromArm(one)]));
    }
    return this.all;
  }
}

/** @param {string} id of a scale set: what the control plane has of it */
export function controlled(id) {
  const [, , subscription, , group, , , , name] = id.split("/");
  return `/_emulator/subscriptions/${subscription}/resourceGroups/${group}/scaleSets/${name}`;
}

/**
 * An instance as ARM shows it, for those who may not ask the control plane.
 * @param {any} one
 * @returns {Row}
 */
function fromArm(one) {
  const { properties = {}, zones = [] } = one;
  const view = properties.instanceView ?? {};
  const state = (/** @type {string} */ kind) =>
    view.statuses?.find(status => status.code.startsWith(kind))?.code.split("/")[1] ?? "";
  const health = view.vmHealth?.status.code.split("/")[1];
  return {
    instanceId: one.instanceId,
    name: one.name,
    computerName: properties.osProfile?.computerName ?? null,
    zone: zones[0] ?? null,
    faultDomain: view.platformFaultDomain ?? null,
    powerState: state("PowerState"),
    healthState: health ? health[0].toUpperCase() + health.slice(1) : null,
    provisioningState: properties.provisioningState ?? "",
    error: null,
    protectFromScaleIn: properties.protectionPolicy?.protectFromScaleIn ?? false,
    protectFromScaleSetActions: properties.protectionPolicy?.protectFromScaleSetActions ?? false,
    latestModelApplied: properties.latestModelApplied ?? true,
    appliedModel: null,
    size: one.sku?.name ?? "",
    image: properties.storageProfile?.imageReference ?? {},
    imageVersion: properties.storageProfile?.imageReference?.exactVersion ?? properties.storageProfile?.imageReference?.version ?? "",
    osDisk: null,
  };
}
