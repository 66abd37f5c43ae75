import { describe, expect, test } from '@jest/globals';
import { pathOf } from '../../../src/lib/http/path-of.ts';

describe('the path of a request', () => {
  test.each([
    ['/', '/'],
    ['/metrics', '/metrics'],
    ['/METRICS', '/METRICS'],
    ['/slack/events?x=/../y', '/slack/events'],
    ['/a%20b', '/a%20b'],
    ['/metrics/', '/metrics/'],
  ])('%s is taken as it is', (target, path) => {
    expect(pathOf(target)).toBe(path);
  });

  test.each([
    '/slack/../metrics',
    '/slack/%2e%2e/metrics',
    '/slack/%2E./metrics',
    '/slack/..%2fmetrics',
    '/slack\\metrics',
    '/slack/%5c../metrics',
    '//metrics',
    '//',
    '//[',
    '/slack//events',
    'http://localhost/metrics',
    '*',
    '',
    '?',
  ])('%j could be another one to a proxy, and is refused', (target) => {
    expect(pathOf(target)).toBeNull();
  });
});
