// That the page and the list of what is compiled in fit the files.
import assert from 'node:assert/strict';
import {readdirSync, readFileSync} from 'node:fs';
import path from 'node:path';
import {test} from 'node:test';
import {fileURLToPath} from 'node:url';

const root = fileURLToPath(new URL('../../webroot/', import.meta.url));
const read = name => readFileSync(path.join(root, name), 'utf8');
const filesIn = folder => readdirSync(path.join(root, folder), {withFileTypes: true}).flatMap(entry =>
  entry.isDirectory() ? filesIn(path.join(folder, entry.name)) : [path.join(folder, entry.name)]);
const isForBrowsers = name => /\.(html|css|js|svg)$/.test(name);
const shipped = filesIn('').filter(isForBrowsers).sort();
const all = (text, pattern) => [...text.matchAll(pattern)].map(match => match[1]);

test('every file is compiled in', () => {
  assert.deepEqual(all(read('webroot.gresource.xml'), /<file[^>]*>(.*)<\/file>/g).sort(), shipped);
});

const pages = shipped.filter(name => name.endsWith('.html'));
const unique = names => [...new Set(names)].sort();

test('every style sheet is linked by a page', () => {
  const linked = pages.flatMap(page => all(read(page), /href="\/(css\/[^"]*)"/g));
  assert.deepEqual(unique(linked), shipped.filter(name => name.endsWith('.css')));
});

test('every module is reached from a page', () => {
  const reached = new Set();
  const visit = name => {
    if (reached.has(name)) return;
    reached.add(name);
    for (const target of all(read(name), /^import .*'(\..*)';$/gm)) visit(path.join(path.dirname(name), target));
  };
  for (const page of pages) all(read(page), /<script type="module" src="\/([^"]*)"/g).forEach(visit);
  assert.deepEqual([...reached].sort(), shipped.filter(name => name.endsWith('.js')));
});

test('every icon that is shown exists', () => {
  for (const page of pages.map(read)) {
    const drawn = new Set(all(page, /<symbol id="([^"]*)"/g));
    for (const name of all(page, /<use href="#([^"]*)"/g)) assert.ok(drawn.has(name), name);
  }
});

test('nothing in the pages needs what the content security policy forbids', () => {
  for (const page of pages) assert.doesNotMatch(read(page), /\sstyle=|<style|\son[a-z]+=|<script(?![^>]*src=)|https?:\/\//);
  for (const name of shipped.filter(file => file.endsWith('.css'))) assert.doesNotMatch(read(name), /https?:\/\/|@import/);
});
