import assert from 'node:assert/strict';
import {test} from 'node:test';
import {StateMachine} from '../../webroot/js/state_machine.js';

const door = () => new StateMachine({open: ['shut'], shut: ['open', 'locked'], locked: ['shut']}, 'open');

test('it goes the ways that are listed, and tells', () => {
  const machine = door();
  const told = [];
  machine.on('change', change => told.push(change));
  machine.go('shut');
  machine.go('locked');
  assert.equal(machine.state, 'locked');
  assert.deepEqual(told, [{from: 'open', to: 'shut'}, {from: 'shut', to: 'locked'}]);
});

test('it refuses others by name', () => {
  assert.throws(() => door().go('locked'), /no way from open to locked/);
});

test('staying is no change', () => {
  const machine = door();
  machine.on('change', () => assert.fail());
  machine.go('open');
});
