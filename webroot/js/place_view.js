import {find} from './elements.js';

/** Asks where games shall run, once there is more than one place. */
export class PlaceView {
  /**
   * @param {HTMLElement} root
   * @param {import('./places.js').Places} places
   */
  constructor(root, places) {
    this.root = root;
    this.places_ = places;
    this.select_ = find(root, 'select', HTMLSelectElement);
    this.select_.addEventListener('change', () => { places.choice = this.select_.value; });
    places.on('change', () => this.render_());
  }

  render_() {
    const {known: {regions, workers}, choice} = this.places_;
    this.root.hidden = regions.length < 2 && workers.length < 2 && !choice;
    const options = [
      new Option('Nearest (automatic)', ''), ...group('Region', 'region:', regions), ...group('Machine', 'worker:', workers),
    ];
    this.select_.replaceChildren(...options);
    this.select_.value = choice;
    if (this.select_.value === choice) return;
    // Asked for by the address, and not there: it shows all the same what is asked for.
    this.select_.add(new Option(choice.slice(choice.indexOf(':') + 1), choice));
    this.select_.value = choice;
  }
}

/** @param {string} label  @param {string} prefix  @param {string[]} names */
function group(label, prefix, names) {
  if (!names.length) return [];
  const element = document.createElement('optgroup');
  element.label = label;
  element.append(...names.map(name => new Option(name, prefix + name)));
  return [element];
}
