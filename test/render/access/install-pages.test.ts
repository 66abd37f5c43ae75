import { expect, test } from '@jest/globals';
import { installedPage, installPage, notInstalledPage } from '../../../src/render/access/install-pages.ts';

test('the name of a workspace is text, whatever it holds', () => {
  const { html } = installedPage(`<img src=x onerror="alert('1')"> & Sons`);
  expect(html).toContain('&lt;img src=x onerror=&quot;alert(&#39;1&#39;)&quot;&gt; &amp; Sons');
  expect(html).not.toContain('<img');
});

test('the way in is one link to Slack', () => {
  const { html } = installPage('https://slack.com/oauth/v2/authorize?scope=a,b&state="x"');
  expect(html.match(/<a /g)).toHaveLength(1);
  expect(html).toContain('href="https://slack.com/oauth/v2/authorize?scope=a,b&amp;state=&quot;x&quot;"');
});

test.each([
  ['cancelled', 200],
  ['stale', 400],
  ['not-allowed', 403],
  ['served-already', 200],
  ['failed', 502],
] as const)('an installation that is %s answers %d and names the next step', (failure, status) => {
  const page = notInstalledPage(failure);
  expect(page.status).toBe(status);
  expect(page.html).toMatch(/Start again|ask whoever runs the bot|whoever runs the bot takes/);
});
