import {readFileSync} from 'node:fs';
import {createRequire} from 'node:module';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/**
 * What axe-core finds serious on a page, which must bypass its content policy for that: axe comes from outside.
 * @param {import('puppeteer-core').Page} page
 * @returns {Promise<string[]>}
 */
export async function serious(page) {
  await page.evaluate(axe);
  const {violations} = await page.evaluate(() => {
    // axe does not judge the contrast of text on a pattern: on the colour below it does.
    for (const patterned of document.querySelectorAll('body, .panel')) patterned.style.backgroundImage = 'none';
    return window.axe.run(document);
  });
  return violations
    .filter(({impact}) => ['serious', 'critical'].includes(impact))
    .map(({id, nodes}) => `${id}: ${nodes[0].html}`);
}
