import {find, fromTemplate, setIcon} from './elements.js';
import {aboutSave, ago, idOf, isNumbered, moment, purposeOf, quickSlot, slotsOf, titleOf} from './save_words.js';
import {Source} from './source.js';

/** @typedef {import('./protocol.js').SaveView} SaveView */
/** @typedef {import('./save_words.js').Slot} Slot */
/**
 * What a person wants: with a slot, with one of its versions, or with a file for it.
 * @typedef {'save' | 'load' | 'rename' | 'remove' | 'restore' | 'download' | 'upload'} Deed
 * @typedef {{does: Deed, slot: Slot, save: SaveView | null, file: File | null}} Order
 */

const icons = /** @type {Record<string, string>} */ ({'state/auto': 'clock', 'sram/auto': 'battery'});
/** What makes sense only where something is saved. */
const needContents = ['load', 'rename', 'remove', 'download'];

/**
 * The panel of a game's saves: all slots as pictures, and what can be done with the one that is chosen.
 * @extends {Source<{order: Order, close: void}>}
 */
export class SavesView extends Source {
  /**
   * @param {HTMLElement} root
   * @param {(image: HTMLImageElement, save: SaveView | null) => void} showPicture
   */
  constructor(root, showPicture) {
    super();
    this.root = root;
    this.showPicture_ = showPicture;
    this.tiles_ = find(root, '.slots', HTMLElement);
    this.versions_ = find(root, '.versions', HTMLElement);
    this.file_ = find(root, 'input[type=file]', HTMLInputElement);
    /** @type {Slot[]} */
    this.slots_ = slotsOf([]);
    this.chosen_ = idOf(this.slots_[0]);
    this.why_ = '';
    this.owner_ = '';
    this.shape_ = '';
    root.addEventListener('click', event => this.click_(event));
    root.addEventListener('keydown', event => {
      if (event.key === 'Escape') this.emit('close', undefined);
    });
    this.file_.addEventListener('change', () => this.picked_());
    this.render_();
  }

  get shown() {
    return !this.root.hidden;
  }

  set shown(on) {
    this.root.hidden = !on;
    if (on) find(this.tiles_, '[aria-pressed=true]', HTMLElement).focus();
  }

  /** @param {readonly SaveView[]} saves  of this game, newest first */
  set saves(saves) {
    this.slots_ = slotsOf(saves);
    this.render_();
  }

  /** @param {string} why  one may not save and load; empty: one may */
  set refusal(why) {
    this.why_ = why;
    this.render_();
  }

  /** @param {string} name  of whose saves these are, and who alone sees them; empty: of this person */
  set owner(name) {
    this.owner_ = name;
    this.render_();
  }

  get slot_() {
    return this.slots_.find(slot => idOf(slot) === this.chosen_) ?? this.slots_[0];
  }

  render_() {
    const foreign = this.owner_ !== '';
    const slots = foreign ? this.slots_.filter(slot => slot.kind === 'state') : this.slots_;
    const note = find(this.root, '.why', HTMLElement);
    note.textContent = this.why_ || (foreign ? `The game is ${this.owner_}'s, and so are its saves: only they see what is in each.` : '');
    note.hidden = !note.textContent;
    while (this.tiles_.children.length > slots.length) this.tiles_.lastElementChild?.remove();
    while (this.tiles_.children.length < slots.length) this.tiles_.append(fromTemplate('slot'));
    slots.forEach((slot, i) => this.fill_(/** @type {HTMLElement} */ (this.tiles_.children[i]), slot));
    this.renderChosen_(this.slot_);
  }

  /** @param {HTMLElement} tile  @param {Slot} slot */
  fill_(tile, slot) {
    const {current} = slot;
    const button = find(tile, 'button', HTMLButtonElement);
    button.dataset.slot = idOf(slot);
    button.setAttribute('aria-pressed', String(idOf(slot) === this.chosen_));
    find(tile, '.number', HTMLElement).textContent = isNumbered(slot) ? slot.slot : '';
    find(tile, '.label', HTMLElement).textContent = current?.name || titleOf(slot);
    find(tile, 'small', HTMLElement).textContent = current ? ago(current.time, Date.now()) : this.owner_ ? '' : 'empty';
    setIcon(tile, icons[idOf(slot)] ?? 'saves');
    this.showPicture_(find(tile, 'img', HTMLImageElement), current);
  }

  /** @param {Slot} slot */
  renderChosen_(slot) {
    const {current} = slot;
    const foreign = this.owner_ !== '';
    const text = (/** @type {string} */ selector, /** @type {string} */ words) => {
      const element = find(this.root, selector, HTMLElement);
      element.textContent = words;
      element.hidden = words === '';
    };
    text('.chosen h3', current?.name ? `${titleOf(slot)}: ${current.name}` : titleOf(slot));
    text('.about', current ? aboutSave(current, Date.now()) : foreign ? '' : 'Nothing is saved here yet.');
    text('.purpose', purposeOf(slot));
    const quick = slot.kind === 'state' && slot.slot === quickSlot;
    find(this.root, '.quick', HTMLElement).hidden = !quick;
    find(this.root, '.limit', HTMLElement).hidden = foreign || slot.slot === 'auto' && slot.kind !== 'sram';
    for (const button of this.root.querySelectorAll('.chosen .actions button')) {
      this.adjust_(/** @type {HTMLButtonElement} */ (button), slot);
    }
    this.renderVersions_(slot);
  }

  /** @param {HTMLButtonElement} button  @param {Slot} slot */
  adjust_(button, slot) {
    const does = button.dataset.does ?? '';
    const inGame = does === 'load' || does === 'save';
    const foreign = this.owner_ !== '';
    button.hidden = !inGame && foreign || does === 'load' && slot.kind !== 'state' || does === 'save' && !isNumbered(slot) ||
      does === 'upload' && !isNumbered(slot) && slot.kind !== 'sram';
    button.disabled = !foreign && needContents.includes(does) && !slot.current;
    // Not `disabled`: whoever presses it shall be told why.
    button.setAttribute('aria-disabled', String(button.disabled || inGame && this.why_ !== ''));
    if (inGame) button.title = this.why_ || (button.disabled ? 'Nothing is saved here yet' : '');
  }

  /** @param {Slot} slot */
  renderVersions_(slot) {
    const others = this.owner_ ? [] : slot.versions.filter(save => save !== slot.current);
    const shape = JSON.stringify([this.why_, others]);
    if (shape === this.shape_) return;
    this.shape_ = shape;
    this.versions_.hidden = others.length === 0;
    find(this.versions_, 'ol', HTMLElement).replaceChildren(...others.map(save => this.version_(save)));
  }

  /** @param {SaveView} save */
  version_(save) {
    const row = fromTemplate('version');
    const when = moment(save.time);
    row.dataset.sequence = String(save.sequence);
    find(row, '.label', HTMLElement).textContent = save.name || ago(save.time, Date.now());
    find(row, 'small', HTMLElement).textContent = when;
    this.showPicture_(find(row, 'img', HTMLImageElement), save);
    for (const button of row.querySelectorAll('button')) {
      button.setAttribute('aria-label', `${button.title}: ${when}`);
      if (button.dataset.does !== 'load') continue;
      button.hidden = save.kind !== 'state';
      button.setAttribute('aria-disabled', String(this.why_ !== ''));
      if (this.why_) button.title = this.why_;
    }
    return row;
  }

  /** @param {MouseEvent} event */
  click_({target}) {
    const button = target instanceof Element ? target.closest('[data-does]') : null;
    if (!(button instanceof HTMLElement)) return;
    const does = button.dataset.does ?? '';
    if (does === 'close') return this.emit('close', undefined);
    if (does === 'choose') return this.choose_(button.dataset.slot ?? '');
    if (does === 'upload') return this.file_.click();
    const row = /** @type {HTMLElement | null} */ (button.closest('[data-sequence]'));
    const slot = this.slot_;
    const save = row ? slot.versions.find(({sequence}) => sequence === Number(row.dataset.sequence)) ?? null : slot.current;
    this.emit('order', {does: /** @type {Deed} */ (does), slot, save, file: null});
  }

  /** @param {string} id */
  choose_(id) {
    this.chosen_ = id;
    this.render_();
  }

  picked_() {
    const file = this.file_.files?.[0];
    this.file_.value = ''; // the same file may be picked again
    if (file) this.emit('order', {does: 'upload', slot: this.slot_, save: null, file});
  }
}
