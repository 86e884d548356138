// Small means to work with the page's elements.

/**
 * The element that `selector` means, sure to be there and of that kind.
 * @template {Element} T
 * @param {ParentNode} root
 * @param {string} selector
 * @param {new () => T} kind
 * @returns {T}
 */
export function find(root, selector, kind) {
  const element = root.querySelector(selector);
  if (!(element instanceof kind)) throw new Error(`the page lacks ${selector}`);
  return element;
}

/**
 * A copy of a template's one element.
 * @param {string} id
 * @returns {HTMLElement}
 */
export function fromTemplate(id) {
  const {content} = find(document, `#${id}`, HTMLTemplateElement);
  return /** @type {HTMLElement} */ (document.importNode(content, true).firstElementChild);
}

/**
 * Shows another icon of the page's sheet in a button or elsewhere.
 * @param {ParentNode} root
 * @param {string} name
 */
export function setIcon(root, name) {
  find(root, 'svg use', SVGUseElement).setAttribute('href', `#icon-${name}`);
}
