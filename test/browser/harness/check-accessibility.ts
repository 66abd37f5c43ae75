import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import type { AxeResults } from 'axe-core';
import type { Page } from 'playwright-core';

const AXE = createRequire(import.meta.url).resolve('axe-core/axe.min.js');

/** What axe finds that keeps somebody from using the page; each sentence names the rule and the places. */
export async function accessibilityProblems(page: Page): Promise<readonly string[]> {
  // Evaluated, not added as a script: the page's own policy lets nothing else in.
  await page.evaluate(await readFile(AXE, 'utf8'));
  // A string is evaluated as it is; the result is what axe documents.
  const results = (await page.evaluate('axe.run(document, {resultTypes: ["violations"]})')) as AxeResults;
  return results.violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id, help, nodes }) => {
      const places = nodes.slice(0, 5).map(({ target, failureSummary }) => {
        const why = failureSummary?.split('\n').slice(1).join(' ').trim() ?? '';
        return `\n     ${target.join(' ')} ${why}`;
      });
      return `${id}: ${help} (${nodes.length})${places.join('')}`;
    });
}
