/** Addresses behind the hash: `#/page?name=value`, so that a link to anything can be kept and sent. */

/**
 * @param {string} page
 * @param {Record<string, string>} [place]
 */
export function linkTo(page, place = {}) {
  const query = new URLSearchParams(place).toString().replace(/%2F/g, "/");
  return `#/${page}${query ? `?${query}` : ""}`;
}

/** @returns {{page: string, place: Record<string, string>}} where the address leads */
export function here() {
  const [page, query = ""] = location.hash.replace(/^#\/?/, "").split("?");
  return { page: page || "home", place: Object.fromEntries(new URLSearchParams(query)) };
}

/**
 * @param {string} page
 * @param {Record<string, string>} [place]
 */
export function go(page, place) {
  location.hash = linkTo(page, place);
}
