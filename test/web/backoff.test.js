import assert from 'node:assert/strict';
import {test} from 'node:test';
import {Backoff} from '../../webroot/js/backoff.js';

test('the wait doubles up to its cap', () => {
  const backoff = new Backoff({first: 100, cap: 1000, random: () => 1});
  assert.deepEqual([1, 2, 3, 4, 5, 6].map(() => backoff.next()), [100, 200, 400, 800, 1000, 1000]);
});

test('the wait is spread between half and full', () => {
  assert.equal(new Backoff({first: 100, random: () => 0}).next(), 50);
});

test('after a success it begins anew', () => {
  const backoff = new Backoff({first: 100, random: () => 1});
  backoff.next();
  backoff.next();
  backoff.reset();
  assert.equal(backoff.next(), 100);
});
