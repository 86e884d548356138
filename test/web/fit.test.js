import assert from 'node:assert/strict';
import {test} from 'node:test';
import {fit} from '../../webroot/js/fit.js';

const nes = {height: 240, aspect: 4 / 3};
const fitted = {whole: false, density: 1};
const whole = {whole: true, density: 1};

test('a wide box leaves bars at the sides', () => assert.deepEqual(fit(nes, {width: 1600, height: 900}, fitted), {width: 1200, height: 900}));
test('a tall box leaves bars above and below', () => assert.deepEqual(fit(nes, {width: 400, height: 900}, fitted), {width: 400, height: 300}));
test('whole-number scale takes the largest that fits', () => assert.deepEqual(fit(nes, {width: 1600, height: 900}, whole), {width: 960, height: 720}));
test('whole means pixels of the device', () => assert.deepEqual(fit(nes, {width: 1600, height: 900}, {whole: true, density: 2}), {width: 1120, height: 840}));
test('where one times does not fit, it is fitted', () => assert.deepEqual(fit(nes, {width: 160, height: 900}, whole), {width: 160, height: 120}));
