import {fromTemplate} from '../elements.js';

/**
 * One element for each item, kept while the item lives: what has the focus, or is unfolded, stays so.
 * @template {{id: string}} Item
 */
export class KeyedList {
  /**
   * @param {HTMLElement} root
   * @param {string} template  id
   * @param {(element: HTMLElement, item: Item) => void} update
   */
  constructor(root, template, update) {
    this.root_ = root;
    this.template_ = template;
    this.update_ = update;
    /** @type {Map<string, HTMLElement>} */
    this.elements_ = new Map();
  }

  /** @param {Item[]} items */
  show(items) {
    const gone = new Set(this.elements_.keys());
    for (const item of items) {
      gone.delete(item.id);
      this.update_(this.elements_.get(item.id) ?? this.add_(item.id), item);
    }
    for (const id of gone) {
      this.elements_.get(id)?.remove();
      this.elements_.delete(id);
    }
  }

  /** @param {string} id */
  add_(id) {
    const element = fromTemplate(this.template_);
    element.dataset.id = id;
    this.elements_.set(id, element);
    this.root_.append(element);
    return element;
  }
}
