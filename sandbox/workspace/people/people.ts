import { channelSeen } from '../api/access.ts';
import type { ResponsePlace } from '../api/response-urls.ts';
import { APP } from '../api/slack-state.ts';
import type { Core } from '../core.ts';
import type { Channel, Person } from '../directory.ts';
import { PARTNER_TEAM } from '../directory.ts';
import type { JsonObject } from '../json.ts';
import { asObject, asObjects, asString } from '../json.ts';
import type { Acknowledgement } from '../types.ts';
import { pressedSource, viewOpenFor, writeAs } from './acted-on.ts';
import type {
  Act,
  CommandAct,
  DirectMessageAct,
  MentionAct,
  MessageShortcutAct,
  PressAct,
  PressInViewAct,
  Repeatable,
  SayAct,
  ShortcutAct,
  SubmitViewAct,
} from './acts.ts';
import { applyCommandAck, applySubmissionAck } from './apply-ack.ts';
import type { Courier, Delivered, Delivery } from './deliver.ts';
import { findElement } from './find-element.ts';
import {
  actionOf,
  commandPayload,
  eventPayload,
  interaction,
  messageOf,
  messagePart,
  teamsOf,
  viewOf,
} from './payloads.ts';

/** What people can do; each act resolves once the bot acknowledged it and Slack did what the answer asked for. */
export class People {
  private readonly core: Core;
  private readonly courier: Courier;

  constructor(core: Core, courier: Courier) {
    this.core = core;
    this.courier = courier;
  }

  async command(act: CommandAct): Promise<Acknowledgement> {
    const person = this.core.directory.person(act.user);
    const channel = this.core.directory.channel(act.channel);
    const place: ResponsePlace = { channel: channel.id, user: person.id, source: null, threadTs: null };
    const links = { responseUrl: this.responseUrl(place), triggerId: this.core.triggers.create(person.id) };
    const payload = commandPayload(person, channel, act.command ?? '/upgrades', act.text ?? '', links);
    const delivered = await this.send({ type: 'slash_commands', payload }, act);
    if (delivered.status === 200) await applyCommandAck(this.core, place, delivered.body);
    return { ...delivered, ...links };
  }

  async press(act: PressAct): Promise<Acknowledgement> {
    const person = this.core.directory.person(act.user);
    const { channel, source } = pressedSource(this.core, act);
    const found = findElement(source.blocks, act);
    const isEphemeral = 'id' in source;
    const links = {
      responseUrl: this.responseUrl({
        channel: channel.id,
        user: person.id,
        source: { kind: isEphemeral ? 'ephemeral' : 'message', ts: isEphemeral ? source.id : source.ts },
        threadTs: source.threadTs,
      }),
      triggerId: this.core.triggers.create(person.id),
    };
    const actions = [actionOf(this.core, found, act.selected)];
    const more = { actions, response_url: links.responseUrl, trigger_id: links.triggerId };
    const payload = interaction(this.core, 'block_actions', person, {
      ...messagePart(this.core, channel, source),
      ...more,
    });
    return { ...(await this.send({ type: 'interactive', payload }, act)), ...links };
  }

  async pressInView(act: PressInViewAct): Promise<Acknowledgement> {
    const person = this.core.directory.person(act.user);
    const opened = viewOpenFor(this.core, person, act.viewId);
    const found = findElement(asObjects(opened.view.blocks), act);
    const triggerId = this.core.triggers.create(person.id, opened.id);
    const view = viewOf(opened, act.values);
    const payload = interaction(this.core, 'block_actions', person, {
      container: { type: 'view', view_id: opened.id },
      view,
      state: view.state ?? null,
      actions: [actionOf(this.core, found, act.selected)],
      trigger_id: triggerId,
    });
    return { ...(await this.send({ type: 'interactive', payload }, act)), responseUrl: null, triggerId };
  }

  async submitView(act: SubmitViewAct): Promise<Acknowledgement> {
    const person = this.core.directory.person(act.user);
    const opened = viewOpenFor(this.core, person, act.viewId);
    const triggerId = this.core.triggers.create(person.id, opened.id);
    const view = viewOf(opened, act.values);
    const more = { view, trigger_id: triggerId, response_urls: [] };
    const delivered = await this.send(
      { type: 'interactive', payload: interaction(this.core, 'view_submission', person, more) },
      act,
    );
    if (delivered.status === 200) await applySubmissionAck(this.core, opened, delivered.body);
    return { ...delivered, responseUrl: null, triggerId };
  }

  /** Closes a modal; the bot hears of it only where the view says `notify_on_close`. */
  async closeView(act: SubmitViewAct): Promise<Acknowledgement | null> {
    const person = this.core.directory.person(act.user);
    const opened = viewOpenFor(this.core, person, act.viewId);
    this.core.journal.markView(opened.id, { closed: true });
    if (opened.view.notify_on_close !== true) return null;
    const more = { view: viewOf(opened, act.values), is_cleared: false };
    return this.interact('view_closed', person, more, act);
  }

  async shortcut(act: ShortcutAct): Promise<Acknowledgement> {
    const person = this.core.directory.person(act.user);
    const triggerId = this.core.triggers.create(person.id);
    const more = { callback_id: act.callbackId, trigger_id: triggerId, action_ts: this.stamp() };
    return { ...(await this.interact('shortcut', person, more, act)), triggerId };
  }

  async messageShortcut(act: MessageShortcutAct): Promise<Acknowledgement> {
    const person = this.core.directory.person(act.user);
    const channel = this.core.directory.channel(act.channel);
    const message = this.core.journal.message(channel.id, act.messageTs);
    if (!message) throw new Error(`there is no message ${act.messageTs} in ${channel.name}`);
    const triggerId = this.core.triggers.create(person.id);
    const source = { kind: 'message', ts: message.ts } as const;
    const threadTs = message.threadTs;
    const responseUrl = this.responseUrl({ channel: channel.id, user: person.id, source, threadTs });
    const more = {
      callback_id: act.callbackId,
      trigger_id: triggerId,
      response_url: responseUrl,
      action_ts: this.stamp(),
      message_ts: message.ts,
      channel: { id: channel.id, name: channel.name },
      message: messageOf(this.core, message),
    };
    return { ...(await this.interact('message_action', person, more, act)), triggerId, responseUrl };
  }

  /** Writes in a channel, mentioning the bot. */
  async mention(act: MentionAct): Promise<Acknowledgement> {
    const person = this.core.directory.person(act.user);
    const channel = this.core.directory.channel(act.channel);
    const bot = [...this.core.directory.people.values()].find((one) => one.isBot);
    const text = `<@${bot?.id ?? ''}> ${act.text}`;
    const content = { text, blocks: [], attachments: [] };
    const ts = await writeAs(this.core, person, channel, content, act.threadTs);
    const event = { type: 'app_mention', user: person.id, text, ts, event_ts: ts, channel: channel.id };
    const thread: JsonObject = act.threadTs === undefined ? {} : { thread_ts: act.threadTs };
    return this.event({ ...event, ...thread, ...teamsOf(this.core, person, channel) }, channel, act);
  }

  /** Writes in a channel; the bot is told of mentions only. Gives the message's `ts`. */
  async say({ user, channel, text, threadTs, blocks = [], attachments = [] }: SayAct): Promise<string> {
    const { directory } = this.core;
    const content = { text, blocks, attachments };
    return await writeAs(this.core, directory.person(user), directory.channel(channel), content, threadTs);
  }

  async directMessage(act: DirectMessageAct): Promise<Acknowledgement> {
    const person = this.core.directory.person(act.user);
    const channel = await this.directChannel(person);
    const { text, files } = act;
    // The store of the Web API takes no message without words, which one with a file may be.
    const ts = await writeAs(this.core, person, channel, {
      text: text || '(a file)',
      blocks: [],
      attachments: [],
    });
    const event = { type: 'message', channel_type: 'im', user: person.id, text, ts, event_ts: ts };
    const shared: JsonObject = files === undefined ? {} : { subtype: 'file_share', files };
    return this.event(
      { ...event, ...shared, channel: channel.id, ...teamsOf(this.core, person, channel) },
      channel,
      act,
    );
  }

  async openHome(user: string): Promise<Acknowledgement> {
    const person = this.core.directory.person(user);
    const channel = await this.directChannel(person);
    const home = this.core.journal.views.find((one) => one.type === 'home' && one.user === person.id);
    const event = { type: 'app_home_opened', user: person.id, channel: channel.id, tab: 'home' };
    const shown: JsonObject = home ? { view: home.view } : {};
    return this.event({ ...event, event_ts: this.stamp(), ...shown }, null, { user });
  }

  /** Slack tells that a channel is shared with another workspace, or no longer is. */
  sharing({ id, externallyShared }: Channel): Promise<Acknowledgement> {
    const place = { channel: id, event_ts: this.stamp() };
    const event = externallyShared
      ? { type: 'channel_shared', connected_team_id: PARTNER_TEAM.id, ...place }
      : {
          ...{ type: 'channel_unshared', previously_connected_team_id: PARTNER_TEAM.id },
          ...{ is_ext_shared: false, ...place },
        };
    return this.event(event, null, { user: APP.botUserId });
  }

  /** Any other event, such as `app_uninstalled`. */
  event(event: JsonObject, channel: Channel | null, act: Act & Repeatable): Promise<Acknowledgement> {
    const payload = eventPayload(this.core, event, channel, act.eventId);
    const retry = act.retryNum === undefined ? {} : { retry: { num: act.retryNum, reason: 'http_timeout' } };
    return this.bare(this.send({ type: 'events_api', payload, ...retry }, act));
  }

  /** The direct message between a person and the bot. */
  async directChannel(person: Person): Promise<Channel> {
    const { state } = this.core;
    const answer = await state.call('conversations.open', { users: person.id }, state.systemToken);
    const id = asString(asObject(answer.channel).id);
    const channel = channelSeen(this.core, id, person.id);
    if (!channel)
      throw new Error(`${person.name} has no direct message with the bot: ${JSON.stringify(answer)}`);
    return channel;
  }

  private interact(type: string, person: Person, more: JsonObject, act: Act): Promise<Acknowledgement> {
    return this.bare(
      this.send({ type: 'interactive', payload: interaction(this.core, type, person, more) }, act),
    );
  }

  private send(delivery: Delivery, act: Act): Promise<Delivered> {
    return this.courier.deliver(act.signature ? { ...delivery, signature: act.signature } : delivery);
  }

  private async bare(delivered: Promise<Delivered>): Promise<Acknowledgement> {
    return { ...(await delivered), responseUrl: null, triggerId: null };
  }

  private responseUrl(place: ResponsePlace): string {
    return `${this.core.baseUrl()}/response/${this.core.urls.create(place)}`;
  }

  private stamp(): string {
    return (this.core.settings.now() / 1000).toFixed(6);
  }
}
