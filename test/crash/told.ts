/** One message as it stands in Slack at the end, without anything that depends on the moment. */
export interface Told {
  readonly text: string;
  /** The text and everything else that is shown. */
  readonly shown: string;
  /** Of a reply: whether the channel sees it as well. */
  readonly broadcast: boolean;
  /** The step of the script in which it was posted. */
  readonly step: number;
  /** The id in its metadata. */
  readonly notification: string | null;
}

export interface ToldRoot extends Told {
  readonly replies: readonly Told[];
}

/** What the channels show, by name. */
export type ToldChannels = Readonly<Record<string, readonly ToldRoot[]>>;
