import { describe, expect, test } from '@jest/globals';
import { plainMrkdwn, plainText } from '../../../sandbox/workspace/plain-text.ts';

describe('reading a message as plain text', () => {
  test('without blocks the text is read', () => {
    expect(plainText({ text: 'Task *T1* failed', blocks: [] })).toBe('Task *T1* failed');
  });

  test('dates show their fallback, and the UTC time where they have none', () => {
    expect(plainMrkdwn('<!date^1710137102^{date_num} {time}|2024-03-11 06:05 UTC>')).toBe(
      '2024-03-11 06:05 UTC',
    );
    expect(plainMrkdwn('<!date^1710137102^{time}>')).toBe('2024-03-11T06:05:02.000Z');
  });

  test('mentions, links and escaped characters are read as a person sees them', () => {
    expect(
      plainMrkdwn(
        '<!here> <!subteam^S1|@oncall> <@U1> <#C1|ops> <https://x.example|the task> a &lt; b &amp; c',
      ),
    ).toBe('@here @@oncall @U1 #ops the task a < b & c');
  });

  test('blocks are read in order, with buttons, fields and tables', () => {
    const text = plainText({
      blocks: [
        { type: 'header', text: { type: 'plain_text', text: 'Failed' } },
        {
          type: 'section',
          text: { type: 'mrkdwn', text: 'T1' },
          fields: [{ type: 'mrkdwn', text: '3 of 5' }],
          accessory: { type: 'button', action_id: 'a', text: { type: 'plain_text', text: 'Details' } },
        },
        {
          type: 'data_table',
          caption: 'Devices',
          rows: [
            [
              { type: 'raw_text', text: 'device' },
              { type: 'raw_text', text: 'tries' },
            ],
            [
              { type: 'raw_text', text: 'd-1' },
              { type: 'raw_number', value: 2, text: '2' },
            ],
          ],
        },
        {
          type: 'rich_text',
          elements: [
            {
              type: 'rich_text_section',
              elements: [
                { type: 'text', text: 'since ' },
                { type: 'date', timestamp: 1710137102, format: '{time}', fallback: '06:05' },
              ],
            },
          ],
        },
      ],
    });
    expect(text).toBe('Failed\nT1\n3 of 5\n[Details]\nDevices\ndevice | tries\nd-1 | 2\nsince 06:05');
  });
});
