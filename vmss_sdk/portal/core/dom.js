/** Making elements. Nothing here takes HTML text: what a server says can only become text. */

/** @typedef {Node | string | number | null | undefined | false | any[]} Child */

const PROPERTIES = new Set(["value", "checked", "indeterminate", "disabled", "selected", "hidden", "open", "readOnly"]);

/**
 * An element.
 * @param {string} tag
 * @param {Record<string, any>} [attributes] `on…` are listeners, `class` and others attributes, some properties
 * @param {...Child} children
 * @returns {any}
 */
export function h(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  if (tag === "button") element.setAttribute("type", "button");  // unless it says otherwise
  add(element, children);
  for (const [name, value] of Object.entries(attributes)) {
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else if (PROPERTIES.has(name)) /** @type {any} */ (element)[name] = value ?? "";
    else if (value !== null && value !== undefined && value !== false) {
      element.setAttribute(name, value === true ? "" : String(value));
    }
  }
  return element;
}

/**
 * @param {Element} element
 * @param {Child[]} children
 */
function add(element, children) {
  for (const child of children) {
    if (Array.isArray(child)) add(element, child);
    else if (child !== null && child !== undefined && child !== false) {
      element.append(child instanceof Node ? child : String(child));
    }
  }
}

/**
 * Puts these in the place of what an element has.
 * @param {Element} element
 * @param {...Child} children
 */
export function fill(element, ...children) {
  element.replaceChildren();
  add(element, children);
}

let last = 0;

/** An id that no other element has.
 * @param {string} [stem]
 */
export const newId = (stem = "e") => `${stem}-${(last += 1)}`;

/**
 * A drawing that says nothing to those who do not see it.
 * @param {string} path of a box of 16 by 16
 */
export function icon(path) {
  const space = "http://www.w3.org/2000/svg";
  const drawing = document.createElementNS(space, "svg");
  drawing.setAttribute("viewBox", "0 0 16 16");
  drawing.setAttribute("class", "icon");
  drawing.setAttribute("aria-hidden", "true");
  const line = document.createElementNS(space, "path");
  line.setAttribute("d", path);
  drawing.append(line);
  return drawing;
}
