/** What can be done to instances: the request, what it loses by what the emulator says, and the same from elsewhere. */

import { carryOut, request } from "../core/api.js";
import { fill, h } from "../core/dom.js";
import { counted, duration, spoken } from "../core/format.js";
import { T } from "../texts.js";
import { ask } from "./dialog.js";
import { checkField } from "./forms.js";
import { drawer, named, psQuoted, quoted } from "./twin.js";

const TYPE = "Microsoft.Compute/virtualMachineScaleSets";

/**
 * @typedef {object} Action
 * @property {string} verb the last part of the path
 * @property {string} right what a role has to allow
 * @property {string} vmss the command, of az too
 * @property {(place: string, ids: string[]) => string} powershell
 * @property {string} python the method of a scale set's handle
 * @property {boolean} [dangerous]
 */

const each = (/** @type {string[]} */ ids) => ids.map(psQuoted).join(", ");

/** @type {Record<string, Action>} */
export const ACTIONS = {
  start: { verb: "start", right: `${TYPE}/start/action`, vmss: "start", python: "start",
    powershell: (place, ids) => `Start-AzVmss ${place} -InstanceId ${each(ids)}` },
  restart: { verb: "restart", right: `${TYPE}/restart/action`, vmss: "restart", python: "restart",
    powershell: (place, ids) => `Restart-AzVmss ${place} -InstanceId ${each(ids)}` },
  stop: { verb: "deallocate", right: `${TYPE}/deallocate/action`, vmss: "deallocate", python: "deallocate",
    powershell: (place, ids) => `Stop-AzVmss ${place} -InstanceId ${each(ids)} -Force` },
  reimage: { verb: "reimage", right: `${TYPE}/reimage/action`, vmss: "reimage", python: "reimage", dangerous: true,
    powershell: (place, ids) => `${each(ids)} | ForEach-Object {\n  Set-AzVmssVM ${place} -InstanceId $_ -Reimage\n}` },
  upgrade: { verb: "manualupgrade", right: `${TYPE}/manualupgrade/action`, vmss: "update-instances", python: "upgrade_instances",
    powershell: (place, ids) => `Update-AzVmssInstance ${place} -InstanceId ${each(ids)}` },
  delete: { verb: "delete", right: `${TYPE}/delete/action`, vmss: "delete-instances", python: "delete_instances", dangerous: true,
    powershell: (place, ids) => `Remove-AzVmss ${place} -InstanceId ${each(ids)} -Force` },
};

/**
 * The same action elsewhere.
 * @param {Action} action
 * @param {string} id of the scale set
 * @param {string[]} ids
 * @returns {import("./twin.js").Twin}
 */
function twinOf(action, id, ids) {
  const { sh, ps, py } = named(id);
  const tail = `${sh} --instance-ids ${ids.map(quoted).join(" ")}`;
  const place = ps;
  return {
    az: `az vmss ${action.vmss} ${tail}`,
    vmss: `vmss ${action.vmss} ${tail}`,
    powershell: action.powershell(place, ids),
    python: `web = ${py}\nweb.${action.python}(${JSON.stringify(ids)}).result()`,
    rest: ["POST", `${id}/${action.verb}`, { instanceIds: ids }],
  };
}

/**
 * Asks whether it shall be done, with what the emulator says of it, and does it.
 * @param {string} key
 * @param {string} id of the scale set
 * @param {import("../core/rows.js").Row[]} rows
 */
export function askFor(key, id, rows) {
  const action = ACTIONS[key];
  const ids = rows.map(row => row.instanceId);
  const [path, body] = [`${id}/${action.verb}`, { instanceIds: ids }];
  const title = T.actions[key].title;
  return ask({
    title: T.actions.question(title, counted(ids.length, T.words.instance)),
    confirm: title,
    dangerous: action.dangerous,
    build: ({ body: place }) => fill(place,
      h("p", {}, T.actions[key].text),
      namesOf(rows),
      preview("POST", path, body),
      drawer(() => twinOf(action, id, ids))),
    act: () => {
      carryOut(T.actions.running(title, named(id).name, counted(ids.length, T.words.instance)), "POST", path, body).catch(() => null);
    },
  });
}

/** @param {import("../core/rows.js").Row[]} rows */
const namesOf = rows => h("p", { class: "names" }, rows.slice(0, 20).map(row => h("span", { class: "chip" }, row.name)),
  rows.length > 20 && h("span", {}, T.actions.more(rows.length - 20)));

/**
 * What the emulator says that a request would do.
 * @param {string} method
 * @param {string} path
 * @param {any} body
 */
export function preview(method, path, body) {
  const place = h("div", { class: "preview", role: "status" }, h("p", {}, T.preview.asking));
  request("POST", "/_emulator/preview", { body: { method, path: versionedPath(path), body } })
    .then(answer => fill(place, told(answer.document)))
    .catch(error => fill(place, h("p", { class: "muted" }, error.status === 403 ? T.preview.forbidden : T.preview.failed(error.message))));
  return place;
}

const versionedPath = path => (path.includes("api-version=") ? path : `${path}?api-version=2024-11-01`);

export function told(found) {
  if (found.refused) {
    return h("div", { class: "trouble" }, h("strong", {}, T.preview.refused(found.status)), h("p", {}, `${found.error.code}: ${found.error.message}`),
      (found.error.details ?? []).length > 1 && h("ul", {}, found.error.details.map(one => h("li", {}, one.message))));
  }
  const sets = found.scaleSets;
  if (!sets.length) return h("p", {}, T.preview.nothing);
  return sets.map(set => h("div", {},
    h("h3", {}, T.preview.title),
    groupsOf(set.instances),
    !set.instances.length && h("p", {}, T.preview.noInstances),
    h("p", {}, T.preview.takes(duration(set.seconds))),
    set.operations.filter(one => one.error).map(one => h("p", { class: "trouble" }, T.preview.fails(spoken(one.name), one.error.message))),
    set.pending && h("p", {}, T.preview.afterwards(set.pending.summary))));
}

/** Instances to which the same happens are told together. @param {any[]} instances */
function groupsOf(instances) {
  /** @type {Map<string, {one: any, ids: string[]}>} */
  const groups = new Map();
  for (const one of instances) {
    const key = JSON.stringify([one.effects, one.loses, one.error]);
    const group = groups.get(key) ?? { one, ids: [] };
    group.ids.push(one.instanceId);
    groups.set(key, group);
  }
  return h("ul", {}, [...groups.values()].map(({ one, ids }) => h("li", {},
    h("strong", {}, ids.length > 6 ? counted(ids.length, T.words.instance) : ids.join(", ")), ": ",
    one.effects.map((/** @type {string} */ effect) => T.effects[effect] ?? spoken(effect)).join(", "),
    h("br"),
    one.loses.length ? h("span", { class: "loses" }, T.preview.loses(one.loses.join(", "))) : h("span", { class: "muted" }, T.preview.losesNothing),
    one.error && h("span", { class: "trouble" }, ` ${one.error.message}`))));
}

/**
 * The protection of instances, which is said for each of them.
 * @param {string} id of the scale set
 * @param {import("../core/rows.js").Row[]} rows
 */
export function askForProtection(id, rows, location) {
  const scaleIn = checkField({ label: T.protection.scaleIn, help: T.protection.scaleInHelp, value: rows.every(row => row.protectFromScaleIn) });
  const actions = checkField({ label: T.protection.actions, help: T.protection.actionsHelp, value: rows.every(row => row.protectFromScaleSetActions) });
  const policy = () => ({ protectFromScaleIn: scaleIn.input.checked, protectFromScaleSetActions: actions.input.checked });
  const put = async (/** @type {import("../core/rows.js").Row} */ row) => {
    const path = `${id}/virtualMachines/${row.instanceId}`;
    return carryOut(T.actions.running(T.protection.title, named(id).name, row.name), "PUT", path, { location, properties: { protectionPolicy: policy() } });
  };
  return ask({
    title: T.actions.question(T.protection.title, counted(rows.length, T.words.instance)),
    confirm: T.protection.confirm,
    build: ({ body }) => fill(body, namesOf(rows), scaleIn, actions, h("p", { class: "muted" }, T.protection.note), drawer(() => protectionTwin(id, rows, policy(), location))),
    act: () => { Promise.all(rows.map(put)).catch(() => null); },
  });
}

/**
 * @param {string} id
 * @param {import("../core/rows.js").Row[]} rows
 * @param {{protectFromScaleIn: boolean, protectFromScaleSetActions: boolean}} policy
 * @returns {import("./twin.js").Twin}
 */
function protectionTwin(id, rows, policy, location) {
  const { sh, ps, py } = named(id);
  const { protectFromScaleIn: scaleIn, protectFromScaleSetActions: actions } = policy;
  const place = sh;
  const python = (/** @type {boolean} */ value) => (value ? "True" : "False");
  return {
    az: rows.map(row => `az vmss update ${place} --instance-id ${quoted(row.instanceId)} --protect-from-scale-in ${scaleIn} --protect-from-scale-set-actions ${actions}`).join("\n"),
    vmss: `vmss protect ${place} --instance-ids ${rows.map(row => quoted(row.instanceId)).join(" ")} --from-scale-in ${scaleIn} --from-scale-set-actions ${actions}`,
    powershell: rows.map(row => `Update-AzVmssVM ${ps} -InstanceId ${psQuoted(row.instanceId)} -ProtectFromScaleIn $${scaleIn} -ProtectFromScaleSetAction $${actions}`).join("\n"),
    python: `web = ${py}\nfor name in ${JSON.stringify(rows.map(row => row.instanceId))}:\n    web.instance(name).protect(from_scale_in=${python(scaleIn)}, from_scale_set_actions=${python(actions)}).result()`,
    rest: ["PUT", `${id}/virtualMachines/${rows[0].instanceId}`, { location, properties: { protectionPolicy: policy } }],
  };
}
