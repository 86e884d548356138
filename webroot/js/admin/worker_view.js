import {find} from '../elements.js';
import {count, memory, milliseconds, percent} from './format.js';

/** @param {import('./client.js').AdminWorker} worker */
const sandboxOf = ({sandbox}) =>
  sandbox.length === 0 ? '' : sandbox[0] === 'none' ? 'no sandbox' : `sandbox: ${sandbox.join(', ')}`;

/** @param {HTMLElement} element  @param {import('./client.js').AdminWorker} worker */
export function showWorker(element, worker) {
  /** @param {string} selector  @param {string} text */
  const write = (selector, text) => {
    const target = find(element, selector, HTMLElement);
    target.textContent = text;
    return target;
  };
  write('.name', worker.name);
  write('.region', worker.region).hidden = !worker.region;
  find(element, '.draining', HTMLElement).hidden = !worker.draining;
  write('.about', [count(worker.cores.length, 'core'), worker.version, sandboxOf(worker)].filter(Boolean).join(' · '))
    .title = worker.cores.join(', ');
  find(element, 'meter', HTMLMeterElement).value = worker.cpu;
  write('.cpu', percent(worker.cpu));
  write('.memory', memory(worker.memoryMiB));
  write('.load', `${worker.rooms}, ${Math.max(0, worker.capacity)} left`);
  write('.players', String(worker.players));
  write('.round-trip', milliseconds(worker.roundTrip));
  write('[data-action=drain]', worker.draining ? 'Take games again' : 'Drain')
    .setAttribute('aria-label', `${worker.draining ? 'Let take games again' : 'Drain'}: ${worker.name}`);
}
