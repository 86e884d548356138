import {find} from './elements.js';

/** A page's one dialog: asks before something happens that cannot be undone, and for a text. */
export class Question {
  /** @param {HTMLDialogElement} dialog */
  constructor(dialog) {
    this.dialog_ = dialog;
    this.text_ = /** @type {HTMLInputElement | HTMLTextAreaElement} */ (find(dialog, '[name=text]', HTMLElement));
  }

  /**
   * @param {{title: string, what: string, yes: string, text?: string | null, optional?: boolean}} given
   *   `text`: asks for one, and this is what stands there; `optional`: it may be empty
   * @returns {Promise<string | null>} the text; null: cancelled
   */
  ask({title, what, yes, text = null, optional = false}) {
    find(this.dialog_, 'h2', HTMLElement).textContent = title;
    find(this.dialog_, '.what', HTMLElement).textContent = what;
    find(this.dialog_, '[value=yes]', HTMLElement).textContent = yes;
    find(this.dialog_, 'label', HTMLElement).hidden = text === null;
    this.text_.hidden = text === null;
    this.text_.required = text !== null && !optional;
    this.text_.value = text ?? '';
    this.dialog_.returnValue = '';
    this.dialog_.showModal();
    if (text !== null) this.text_.select();
    return new Promise(resolve => {
      this.dialog_.addEventListener('close', () => {
        resolve(this.dialog_.returnValue === 'yes' ? this.text_.value.trim() : null);
      }, {once: true});
    });
  }
}
