/** The same action from the other faces: az, vmss, PowerShell, Python and REST, ready to copy. */

import { versioned } from "../core/api.js";
import { h } from "../core/dom.js";
import { say, tabs } from "./dialog.js";
import { T } from "../texts.js";

/**
 * @typedef {object} Twin
 * @property {string} [az]
 * @property {string} [vmss]
 * @property {string} [powershell]
 * @property {string} [python]
 * @property {[string, string, any?]} [rest] method, path, body
 */

/**
 * A drawer with the ways to do the same.
 * @param {() => Twin} twin asked when it is opened, for what is chosen then
 */
export function drawer(twin) {
  const place = h("div");
  return h("details", { class: "twin", ontoggle: event => {
    if (event.target.open) place.replaceChildren(drawn(twin()));
  } }, h("summary", {}, T.twin.title), place);
}

/** @param {Twin} twin */
function drawn(twin) {
  const { rest, ...commands } = twin;
  /** @type {[string, string][]} */
  const found = Object.entries(commands).filter(([, text]) => text).map(([name, text]) => [T.twin.names[name], text]);
  if (rest) found.push(["REST", restText(...rest)]);
  return tabs(T.twin.title, found.map(([name, text]) => [name, () => shown(name, text)]));
}

/**
 * @param {string} method
 * @param {string} path
 * @param {any} [body]
 */
const restText = (method, path, body) =>
  `${method} ${location.origin}${versioned(path)}${body === undefined ? "" : `\nContent-Type: application/json\n\n${JSON.stringify(body, null, 2)}`}`;

/**
 * @param {string} name
 * @param {string} text
 */
function shown(name, text) {
  const copy = async () => {
    await navigator.clipboard.writeText(text);
    say(T.twin.copied);
  };
  return h("div", { class: "code" }, h("pre", { tabindex: 0, role: "region", "aria-label": name }, text),
    navigator.clipboard && h("button", { onclick: copy }, T.twin.copy));
}

/**
 * How a scale set is called: in a shell, in PowerShell, in Python.
 * @param {string} id
 */
export function named(id) {
  const [, , subscription, , group, , , , name] = id.split("/");
  const sh = `-g ${quoted(group)} -n ${quoted(name)}`;
  const ps = `-ResourceGroupName ${psQuoted(group)} -VMScaleSetName ${psQuoted(name)}`;
  return { subscription, group, name, sh, ps, py: `client.scale_set(${JSON.stringify(group)}, ${JSON.stringify(name)})` };
}

/** A word as shells take it. @param {string} word */
export const quoted = word => (/^[\w.:@%+,/-]+$/.test(word) ? word : `'${word.replace(/'/g, "'\\''")}'`);

/** A text as PowerShell takes it. @param {string} word */
export const psQuoted = word => `'${word.replace(/'/g, "''")}'`;
