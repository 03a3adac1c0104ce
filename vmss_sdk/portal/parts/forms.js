/** Fields of forms, each with its name, its help, and its limits. */

import { h, newId } from "../core/dom.js";

/**
 * @typedef {object} Options
 * @property {string} label
 * @property {string} [help]
 * @property {any} [value]
 * @property {Record<string, any>} [attributes]
 */

/**
 * @param {Options} options
 * @param {any} input
 */
function labelled({ label, help }, input) {
  input.id = newId("field");
  const note = help && h("span", { class: "help", id: `${input.id}-help` }, help);
  if (note) input.setAttribute("aria-describedby", note.id);
  const field = h("div", { class: "field" }, h("label", { for: input.id }, label), input, note);
  field.input = input;
  return field;
}

/** @param {Options} options */
export const textField = options =>
  labelled(options, h("input", { type: "text", value: options.value ?? "", ...options.attributes }));

/** @param {Options & {least: number, most: number}} options */
export const numberField = ({ least, most, ...options }) => labelled(options,
  h("input", { type: "number", min: least, max: most, required: true, value: options.value ?? least, ...options.attributes }));

/** @param {Options & {choices: (string | [string, string])[]}} options */
export const choiceField = ({ choices, ...options }) => labelled(options, h("select", { ...options.attributes },
  choices.map(choice => {
    const [value, title] = Array.isArray(choice) ? choice : [choice, choice];
    return h("option", { value, selected: value === options.value }, title);
  })));

/** @param {Options} options */
export const areaField = options =>
  labelled(options, h("textarea", { rows: 4, spellcheck: "false", value: options.value ?? "", ...options.attributes }));

/** @param {Options} options */
export function checkField({ label, help, value, attributes }) {
  const input = h("input", { type: "checkbox", checked: Boolean(value), ...attributes });
  const note = help && h("span", { class: "help", id: newId("help") }, help);
  if (note) input.setAttribute("aria-describedby", note.id);
  const field = h("div", { class: "field check" }, h("label", {}, input, label), note);
  field.input = input;
  return field;
}

/** @param {string} text numbers or names with commas or spaces between */
export const words = text => text.split(/[\s,]+/).filter(Boolean);
