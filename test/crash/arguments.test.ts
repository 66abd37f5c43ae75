import { describe, expect, test } from '@jest/globals';
import { readArguments } from './arguments.ts';

describe('the command line', () => {
  test('asks for the whole story by itself', () => {
    expect(readArguments([], 2)).toEqual({
      ...{ runs: 1_000, processes: 100, postgres: 0, seed: 1, workers: 2, sabotage: null, log: false },
    });
  });

  test('repeats one seed', () => {
    expect(readArguments('--runs 1 --processes 0 --seed 7 --log'.split(' '), 2)).toMatchObject({
      ...{ runs: 1, processes: 0, seed: 7, log: true },
    });
  });

  test.each([
    ['--runs many', '--runs must be a whole number'],
    ['--runs 0 --processes 0', 'there is nothing to run'],
    ['--workers 0', '--workers must be at least 1'],
    ['--sabotage everything', '--sabotage must be one of loses-a-post, hides-metadata, mistakes-a-thread'],
    ['--sed 1', expect.stringContaining('--sed')],
  ])('%s is refused', (line, problem) => {
    expect(readArguments(line.split(' '), 2)).toEqual(problem);
  });
});
