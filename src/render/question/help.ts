import { context, type Message, section } from '../blocks/message.ts';

/** Examples of what can be asked. */
export function help(): Message {
  return {
    text: 'How to ask about upgrade tasks: /upgrades failed, /upgrades firmware model:WM20, /upgrades &lt;id&gt;',
    blocks: [
      section('*Ask about upgrade tasks*'),
      section(
        [
          '`/upgrades` what runs, what failed lately',
          '`/upgrades failed` also `waiting` `running` `success` `stopped` `active`',
          '`/upgrades firmware` or `fw`, `software` or `sw`',
          '`/upgrades &lt;id&gt;` a device with its tasks, or a task with its failed devices',
          '`/upgrades failed model:WM20 since:2d` words narrow each other',
          '`/upgrades failed,stopped -model:"WM 20"` a comma means or, a minus means not',
        ].join('\n'),
      ),
      section(
        [
          '*Fields* `status:` `type:` `devicetype:` `model:` `manufacturer:` (`vendor:`) `device:` `group:` `task:`',
          '*Created* `since:2d` `since:2024-03-11` `before:2024-03-11T06:05`',
          '*Failures* `fail&gt;5%` `fail&gt;=10`',
          '*Pages* `page:2` `size:20` `sort:created` `sort:failed`',
          '*For your eyes only* `private`',
        ].join('\n'),
      ),
      section(
        [
          '*Be told in a channel*',
          '`/upgrades subscribe` every task there that fails, begins to fail or stalls',
          '`/upgrades subscribe firmware model:WM20 on:failed,succeeded` only these; `on:all` tells everything',
          '… `mention:@group` calls somebody; `failing:10%,20` `stalled:2h` set other thresholds',
          '… `external:yes` in a channel shared with another organisation, which then reads along',
          '… `quiet:22:00-07:00` `digest:09:00` `zone:Europe/Berlin` set the hours of the channel',
          '`/upgrades subscriptions` lists them; `/upgrades unsubscribe …` ends one, `unsubscribe all` every one',
          '`/upgrades why &lt;id of a task&gt;` what was told of a task there, what not, and why',
        ].join('\n'),
      ),
      section(
        [
          '`/upgrades health` says how well this bot sees the platform.',
          'The same words work in a mention, in a direct message to me, and in the search field of my home tab.',
          'Shortcuts: *Look up a device*, and *Find upgrade tasks here* on any message.',
        ].join('\n'),
      ),
      context(
        'Lists, and what a channel is told of, are seen by the whole channel; help, mistakes and `private` answers only by you.',
      ),
    ],
  };
}
