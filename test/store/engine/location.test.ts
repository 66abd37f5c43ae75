import { describe, expect, test } from '@jest/globals';
import { plainConnection } from '../../../src/store/engine/location.ts';

const said = (url: string) => plainConnection({ kind: 'postgres', url });

describe('a connection to a database on another host', () => {
  test.each([
    'postgres://bot:secret@db.example:5432/upgrades',
    'postgres://bot:secret@10.0.0.7/upgrades?sslmode=disable',
    'postgres://bot:secret@localhost/upgrades?host=db.example',
  ])('that is not encrypted is warned of, without its password: %s', (url) => {
    expect(said(url)).toMatch(/is not encrypted: add `\?sslmode=verify-full` to DATABASE_URL$/);
    expect(said(url)).not.toContain('secret');
  });

  test.each([
    'postgres://bot@db.example/upgrades?sslmode=require',
    'postgres://bot@db.example/upgrades?sslmode=verify-full',
    'postgres://bot@db.example/upgrades?ssl=true',
    'postgres://bot@127.0.0.1:5432/upgrades',
    'postgres://bot@[::1]/upgrades',
    'postgres://bot@localhost/upgrades',
    'postgres:///upgrades?host=/var/run/postgresql',
  ])('that is encrypted, or stays on this machine, is not: %s', (url) => {
    expect(said(url)).toBeNull();
  });

  test('a file is no connection', () => {
    expect(plainConnection({ kind: 'sqlite', path: 'data/upgrades.db' })).toBeNull();
  });
});
