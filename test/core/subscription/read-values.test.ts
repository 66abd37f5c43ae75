import { expect, test } from '@jest/globals';
import { readTimeOfDay } from '../../../src/core/subscription/read-values.ts';

test.each([
  ['9', 540],
  ['09:05', 545],
  ['9.05', 545],
  ['0905', 545],
  ['9h05', 545],
  ['21h', 1_260],
  ['9am', 540],
  ['9 AM', 540],
  ['9:05 p.m.', 1_265],
  ['12am', 0],
  ['12:30am', 30],
  ['12pm', 720],
  ['noon', 720],
  ['Midnight', 0],
  ['24:00', 0],
  ['0:00', 0],
  ['２３：５９', 1_439],
])('%s is %i minutes after midnight', (text, minutes) => {
  expect(readTimeOfDay(text)).toBe(minutes);
});

test.each([
  '',
  '25',
  '9:60',
  '24:01',
  '0am',
  '13pm',
  '905',
  '9:5',
  '9:',
  ':30',
  '-9',
  '9 to 5',
  '9,30',
  '1:2:3',
])('%j is none', (text) => {
  expect(readTimeOfDay(text)).toBeNull();
});
