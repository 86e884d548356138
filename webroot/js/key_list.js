import {defaultKeys} from './input/keyboard.js';

/** @typedef {import('./input/buttons.js').Button} Button */

/** @type {Record<string, string>} KeyboardEvent.code ▶ what stands on the key */
const keyLabels = {Enter: 'Enter', ShiftRight: 'Right Shift'};

/** @type {Partial<Record<Button, string>>} */
const buttonLabels = {select: 'Select', start: 'Start'};

/** @param {Button} button */
function keyOf(button) {
  const code = Object.keys(defaultKeys).find(key => defaultKeys[key] === button);
  return code && (keyLabels[code] ?? code.replace(/^Key/, ''));
}

/**
 * Lists which key works which button of a system.
 * @param {HTMLElement} list  a <dl>
 * @param {import('./systems.js').System} system
 */
export function fillKeys(list, {buttons}) {
  const rows = [row(['↑', '↓', '←', '→'], 'Move')];
  for (const button of [...buttons].sort().concat('start', 'select')) {
    const key = keyOf(button);
    if (key) rows.push(row([key], buttonLabels[button] ?? button.toUpperCase()));
  }
  list.replaceChildren(...rows);
}

/**
 * @param {string[]} keys
 * @param {string} meaning
 */
function row(keys, meaning) {
  const element = document.createElement('div');
  const term = document.createElement('dt');
  for (const key of keys) term.appendChild(document.createElement('kbd')).textContent = key;
  const description = document.createElement('dd');
  description.textContent = meaning;
  element.append(term, description);
  return element;
}
