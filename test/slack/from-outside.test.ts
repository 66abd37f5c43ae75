import { describe, expect, test } from '@jest/globals';
import { NOWHERE, printModalPlace, readModalPlace } from '../../src/slack/answer/modal-place.ts';
import { withoutMention } from '../../src/slack/listeners/question/answer-written.ts';
import { commandText } from '../../src/slack/listeners/question/command-text.ts';
import { readFilterState } from '../../src/slack/listeners/question/filter-state.ts';
import { messageTexts } from '../../src/slack/listeners/question/find-upgrade-tasks.ts';
import { readSubscriptionState } from '../../src/slack/listeners/subscription/submit-subscription.ts';
import {
  printSubscriptionPlace,
  readSubscriptionPlace,
} from '../../src/slack/listeners/subscription/subscription-place.ts';
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

test('every text of a message is found in blocks of every kind, and nothing that is for programs', () => {
  const cell = (text: string) => ({ type: 'raw_text', text });
  const rich = (text: string) => ({
    type: 'rich_text',
    elements: [{ type: 'rich_text_list', elements: [{ elements: [{ type: 'text', text }] }] }],
  });
  const blocks = [
    { type: 'header', block_id: 'id-0001', text: { type: 'plain_text', text: 'header' } },
    {
      type: 'context',
      elements: [
        { type: 'mrkdwn', text: 'context' },
        { type: 'image', alt_text: 'alt' },
      ],
    },
    { type: 'section', fields: [{ type: 'mrkdwn', text: 'field' }] },
    { type: 'markdown', text: 'markdown' },
    { ...rich('list') },
    { type: 'table', rows: [[cell('cell'), rich('rich cell')]] },
    {
      type: 'data_table',
      caption: 'caption',
      rows: [[cell('head')], [{ type: 'raw_number', value: 7, text: 'n' }]],
    },
    { type: 'image', image_url: 'https://id-0002', title: { type: 'plain_text', text: 'image' } },
    { type: 'video', title: { text: 'video' }, author_name: 'author', description: { text: 'about' } },
    { type: 'card', title: { text: 'card' }, subtitle: { text: 'below' }, body: { text: 'body' } },
    {
      type: 'container',
      title: { text: 'container' },
      child_blocks: [{ type: 'alert', text: { text: 'alert' } }],
    },
    {
      type: 'task_card',
      task_id: 'id-0003',
      title: 'task card',
      details: rich('details'),
      output: rich('output'),
    },
    { type: 'plan', title: 'plan', tasks: [{ title: 'step' }] },
    {
      type: 'data_visualization',
      title: 'chart',
      chart: {
        series: [{ name: 'line', data: [{ label: 'point', value: 1 }] }],
        axis_config: { categories: ['category'], x_label: 'across' },
      },
    },
    {
      type: 'actions',
      elements: [{ type: 'button', action_id: 'id-0004', value: 'id-0005', text: { text: 'press' } }],
    },
    {
      type: 'actions',
      elements: [{ type: 'static_select', options: [{ text: { text: 'option' }, value: 'id-0006' }] }],
    },
    {
      type: 'rich_text',
      elements: [
        {
          elements: [
            { type: 'emoji', name: 'id-0007' },
            { type: 'user', user_id: 'id-0008' },
          ],
        },
      ],
    },
  ];
  const attachment = {
    color: 'id-0009',
    pretext: 'pretext',
    author_name: 'by',
    title: 'title',
    title_link: 'https://id-0010',
    text: 'text',
    fields: [{ title: 'name', value: 'value', short: true }],
    actions: [{ type: 'button', name: 'id-0011', text: 'do', value: 'id-0012' }],
    footer: 'footer',
    message_blocks: [{ message: { blocks: [{ type: 'header', text: { text: 'shared' } }] } }],
  };
  expect(messageTexts({ user: 'id-0013', blocks, attachments: [attachment] }).join(' ')).toBe(
    'header context alt field markdown list cell rich cell caption head n image video author about card below body container ' +
      'alert task card details output plan step chart line point category across press option ' +
      'pretext by title text name value do footer shared',
  );
});

test.each([
  ['<@U0BOT>: failed', 'failed'],
  ['<@U0BOT|upgrades>, failed', 'failed'],
  ['<@U0BOT> ：failed', 'failed'],
  ['<@U0BOT> -failed', '-failed'],
  ['<@U0BOT> failed', 'failed'],
  ['hey <@U0BOT|upgrades>  failed', 'hey    failed'],
  ['failed <@U0BOT>', 'failed'],
  ['<@U0OTHER> failed', '<@U0OTHER> failed'],
])('%s without the mention', (text, rest) => {
  expect(withoutMention(text, 'U0BOT')).toBe(rest);
});

test.each([
  ['`dev-0001`', 'dev-0001'],
  ['```\ndev-0001\n```', 'dev-0001'],
  ['`failed since:2d` please', 'failed since:2d please'],
  ['*failed* ~op-1~', 'failed op-1'],
  ['*failed since:2d*', 'failed since:2d'],
  ['(`dev-0001`)', '(dev-0001)'],
  ['model:a`b`c 2*3*4 model:W*', 'model:a`b`c 2*3*4 model:W*'],
  ['model:"*a*"', 'model:"*a*"'],
  ['<https://iot.example/d/dev-0001|dev-0001>', 'dev-0001'],
  ['<http://dev-0001.example.com|dev-0001.example.com>', 'dev-0001.example.com'],
  ['<tel:+4930123456|+4930123456> <mailto:a@b.example|a@b.example>', '+4930123456 a@b.example'],
  ['<tel:+4930123456>', '+4930123456'],
  ['fail&gt;5% model:"Ex&amp;Co"', 'fail>5% model:"Ex&Co"'],
  ['/upgrades failed', 'failed'],
  ['`/upgrades subscribe failed`', 'subscribe failed'],
  ['subscribe mention:<!subteam^S1|@ops>,<@U1>', 'subscribe mention:<!subteam^S1|@ops>,<@U1>'],
])('%s is typed as %s', (text, line) => {
  expect(commandText(text).trim()).toBe(line);
});
