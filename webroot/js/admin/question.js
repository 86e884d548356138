import {find} from '../elements.js';

/** The page's one dialog: asks before something happens that cannot be undone, and for the text of a message. */
export class Question {
  /** @param {HTMLDialogElement} dialog */
  constructor(dialog) {
    this.dialog_ = dialog;
    this.text_ = find(dialog, 'textarea', HTMLTextAreaElement);
  }

  /**
   * @param {{title: string, what: string, yes: string, text?: boolean}} given  `text`: asks for one
   * @returns {Promise<string | null>} the text; null: cancelled
   */
  ask({title, what, yes, text = false}) {
    find(this.dialog_, 'h2', HTMLElement).textContent = title;
    find(this.dialog_, '.what', HTMLElement).textContent = what;
    find(this.dialog_, '[value=yes]', HTMLElement).textContent = yes;
    find(this.dialog_, 'label', HTMLElement).hidden = !text;
    this.text_.hidden = !text;
    this.text_.required = text;
    this.text_.value = '';
    this.dialog_.returnValue = '';
    this.dialog_.showModal();
    if (text) this.text_.focus();
    return new Promise(resolve => {
      this.dialog_.addEventListener('close', () => {
        resolve(this.dialog_.returnValue === 'yes' ? this.text_.value.trim() : null);
      }, {once: true});
    });
  }
}
