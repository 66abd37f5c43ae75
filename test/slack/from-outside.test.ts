import { describe, expect, test } from '@jest/globals';
import { readFilterState } from '../../src/slack/filter-state.ts';
import { withoutMention } from '../../src/slack/listeners/events/answer-written.ts';
import { messageTexts } from '../../src/slack/message-texts.ts';
import { NOWHERE, printModalPlace, readModalPlace } from '../../src/slack/modal-place.ts';
import { printSubscriptionPlace, readSubscriptionPlace } from '../../src/slack/subscription-place.ts';
import { readSubscriptionState } from '../../src/slack/subscription-state.ts';
import fc from '../properties.ts';

describe('the place of a modal', () => {
  test('is read back as it was', () => {
    for (const place of [
      NOWHERE,
      { channel: 'C012ABC', threadTs: null },
      { channel: 'D1', threadTs: '1710137102.000100' },
    ])
      expect(readModalPlace(printModalPlace(place))).toEqual(place);
  });

  test('is none where it is not ours', () => {
    for (const text of [undefined, '', 'null', '[]', '{"c":1}', '{"c":"../x"}', '{"c":"C1","t":"now"}'])
      expect(readModalPlace(text)).toEqual(NOWHERE);
    fc.assert(fc.property(fc.json(), (text) => void readModalPlace(text)));
  });
});

test('the state of a form is read as far as it is one', () => {
  expect(readFilterState({})).toMatchObject({ status: [], size: 10, more: '' });
  expect(readFilterState({ filter_more: { filter_more: { value: 3 } } })).toBeNull();
  expect(readFilterState(null)).toBeNull();
  fc.assert(fc.property(fc.jsonValue(), (value) => void readFilterState(value)));
});

describe('the place of a subscription', () => {
  test('is read back as it was', () => {
    for (const place of [
      { here: { channel: 'C012ABC', threadTs: null }, id: 'a-1' },
      { here: { channel: 'D1', threadTs: '1710137102.000100' }, id: null },
    ])
      expect(readSubscriptionPlace(printSubscriptionPlace(place))).toEqual(place);
  });

  test('is none where it is not ours', () => {
    for (const text of [undefined, '', 'null', '{}', '{"s":"a"}', '{"c":"../x"}', '{"c":"C1","s":"a b"}'])
      expect(readSubscriptionPlace(text)).toBeNull();
    fc.assert(fc.property(fc.json(), (text) => void readSubscriptionPlace(text)));
  });
});

test('the state of a subscription’s form is read as far as it is one', () => {
  expect(readSubscriptionState({})).toMatchObject({ filter: '', kinds: [], people: [], zone: '' });
  expect(readSubscriptionState(null)).toBeNull();
  const chosen = (users: readonly string[]) => ({
    subscription_people: { subscription_people: { selected_users: users } },
  });
  expect(readSubscriptionState(chosen(['U1', 'W2']))?.people).toEqual(['U1', 'W2']);
  expect(readSubscriptionState(chosen(['U1> <!channel']))).toBeNull();
  fc.assert(fc.property(fc.jsonValue(), (value) => void readSubscriptionState(value)));
});

test('texts of a message are found in text, blocks and attachments, links and ids left aside', () => {
  const message = {
    text: 'one',
    blocks: [
      {
        type: 'section',
        block_id: 'b-12345',
        text: { type: 'mrkdwn', text: 'two' },
        accessory: { value: 'v-12345', text: { text: 'three' } },
      },
      {
        type: 'rich_text',
        elements: [{ type: 'rich_text_section', elements: [{ type: 'link', url: 'u', text: 'four' }] }],
      },
    ],
    attachments: [{ fallback: 'five', fields: [{ text: 'six' }] }],
  };
  expect(messageTexts(message)).toEqual(['one', 'two', 'three', 'four', 'five', 'six']);
  fc.assert(fc.property(fc.jsonValue(), (value) => void messageTexts(value)));
});

test.each([
  ['<@U0BOT> failed', 'failed'],
  ['hey <@U0BOT|upgrades>  failed', 'hey    failed'],
  ['failed <@U0BOT>', 'failed'],
  ['<@U0OTHER> failed', '<@U0OTHER> failed'],
])('%s without the mention', (text, rest) => {
  expect(withoutMention(text, 'U0BOT')).toBe(rest);
});
