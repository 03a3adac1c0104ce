/** The decision log as sentences. */

import { h } from "../core/dom.js";
import { spoken, when } from "../core/format.js";
import { T } from "../texts.js";

const BAD = /Failed|Faulted|GateFailed|Suspended/;

/**
 * @param {any[]} entries
 * @param {(rule: string) => import("../core/dom.js").Child} [rule] how the number of a rule is shown
 */
export const decisionList = (entries, rule = number => number) => h("ol", { class: "log" }, entries.map(entry => h("li", { class: BAD.test(entry.kind) ? "bad" : "" },
  h("span", { class: "stamp" }, when(entry.time)),
  h("span", { class: "chip" }, spoken(entry.kind)),
  h("span", {}, sentence(entry.text, rule)))));

/** @param {string} text @param {(rule: string) => import("../core/dom.js").Child} rule */
function sentence(text, rule) {
  const found = /^(.*)\((rule|section) ([\d.]+)\)$/s.exec(text);
  return found ? [found[1], h("span", { class: "rule" }, T.decisions[found[2]], " ", rule(found[3]))] : text;
}
