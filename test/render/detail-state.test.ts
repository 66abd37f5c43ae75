import { describe, expect, test } from '@jest/globals';
import { DEVICE_FILTERS } from '../../src/core/question/detail-answer.ts';
import { ACTIONS } from '../../src/render/blocks/actions.ts';
import {
  DETAIL_TABS,
  type DetailState,
  openingState,
  parseDetailState,
  printDetailState,
  stateAfter,
} from '../../src/render/task/detail/detail-state.ts';
import fc from '../properties.ts';

const STATE = openingState('op-1', { channel: 'C1', ts: '1710158400.000100' });

const states: fc.Arbitrary<DetailState> = fc.record({
  operationId: fc.stringMatching(/^[A-Za-z0-9_:-]{1,256}$/),
  tab: fc.constantFrom(...DETAIL_TABS),
  status: fc.constantFrom(...DEVICE_FILTERS),
  page: fc.integer({ min: 1, max: 100_000 }),
  channel: fc.option(fc.stringMatching(/^[CGD][A-Z0-9]{1,30}$/)),
  threadTs: fc.option(fc.stringMatching(/^\d{10}\.\d{6}$/)),
});

describe('the state of the modal', () => {
  test('reads back as it was written, and is short', () => {
    fc.assert(
      fc.property(states, (state) => {
        expect(parseDetailState(printDetailState(state))).toEqual(state);
        expect(printDetailState(state).length).toBeLessThan(3_000);
      }),
    );
  });

  test.each([
    ['nothing', undefined],
    ['an empty text', ''],
    ['no JSON', '{'],
    ['null', 'null'],
    ['a list', '[]'],
    ['another member', JSON.stringify({ ...STATE, more: 1 })],
    ['an id with a slash', JSON.stringify({ ...STATE, operationId: '../x' })],
    ['an id of dots', JSON.stringify({ ...STATE, operationId: '..' })],
    ['an id too long', JSON.stringify({ ...STATE, operationId: 'x'.repeat(257) })],
    ['a tab nobody knows', JSON.stringify({ ...STATE, tab: 'admin' })],
    ['a status nobody knows', JSON.stringify({ ...STATE, status: 'fail' })],
    ['page 0', JSON.stringify({ ...STATE, page: 0 })],
    ['half a page', JSON.stringify({ ...STATE, page: 1.5 })],
    ['a page as text', JSON.stringify({ ...STATE, page: '1' })],
    ['a page beyond all', JSON.stringify({ ...STATE, page: 1e9 })],
    ['a channel by name', JSON.stringify({ ...STATE, channel: '#general' })],
    ['a timestamp with more in it', JSON.stringify({ ...STATE, threadTs: '1.1; drop' })],
  ])('that is %s is not ours', (_, text) => {
    expect(parseDetailState(text)).toBeNull();
  });

  test('moves with what is pressed', () => {
    const onPage3 = { ...STATE, tab: 'devices', page: 3, status: 'failed' } as const;
    expect(stateAfter(onPage3, ACTIONS.detailNext, null)?.page).toBe(4);
    expect(stateAfter(onPage3, ACTIONS.detailPrevious, null)?.page).toBe(2);
    expect(stateAfter(STATE, ACTIONS.detailPrevious, null)?.page).toBe(1);
    expect(stateAfter(onPage3, ACTIONS.detailDevices, null)).toMatchObject({ page: 1, status: 'failed' });
    expect(stateAfter(onPage3, ACTIONS.detailRefresh, null)).toEqual(onPage3);
    expect(stateAfter(onPage3, ACTIONS.detailHistory, null)?.tab).toBe('history');
    expect(stateAfter(onPage3, ACTIONS.detailPolicy, null)?.tab).toBe('policy');
    expect(stateAfter(onPage3, ACTIONS.detailOverview, null)?.tab).toBe('overview');
    const all = stateAfter(onPage3, ACTIONS.detailStatus, 'all');
    expect(all).toMatchObject({ page: 1, status: 'all', tab: 'devices' });
  });

  test('does not move with what makes no sense', () => {
    expect(stateAfter(STATE, ACTIONS.detailStatus, 'fail')).toBeNull();
    expect(stateAfter(STATE, ACTIONS.detailStatus, null)).toBeNull();
    expect(stateAfter(STATE, 'something_else', null)).toBeNull();
  });
});
