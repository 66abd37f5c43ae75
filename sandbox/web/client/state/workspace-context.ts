import { createContext, useContext } from 'react';
import type { Act, ShownChannel, ShownPerson, Snapshot } from '../../contract.ts';
import type { Theme } from './use-theme.ts';

/** What every part of the page needs to know: who reads, whom and what ids stand for, how it looks. */
export interface WorkspaceWords {
  readonly me: string;
  readonly botId: string;
  readonly people: readonly ShownPerson[];
  readonly channels: readonly ShownChannel[];
  readonly userGroups: Snapshot['userGroups'];
  readonly shortcuts: Snapshot['shortcuts'];
  /** The reader's time zone. */
  readonly zone: string;
  readonly theme: Theme;
  /** Sends an act; what goes wrong is returned as a sentence and shown by who asked. */
  readonly act: (act: Act) => Promise<string | null>;
}

export const WorkspaceContext = createContext<WorkspaceWords | null>(null);

export function useWorkspace(): WorkspaceWords {
  const words = useContext(WorkspaceContext);
  if (words === null) throw new Error('This part of the page stands outside a workspace.');
  return words;
}
