import type { ModalView } from '@slack/types';
import { askDevices } from '../../ask/ask-devices.ts';
import { askHistory } from '../../ask/ask-history.ts';
import { askTask } from '../../ask/ask-task.ts';
import { DEVICES_A_PAGE, devicesTroubleView, devicesView } from '../../render/task/detail/detail-devices.ts';
import { troubleView } from '../../render/task/detail/detail-frame.ts';
import { historyView } from '../../render/task/detail/detail-history.ts';
import { overviewView, policyView } from '../../render/task/detail/detail-overview.ts';
import type { DetailState } from '../../render/task/detail/detail-state.ts';
import { askedBy } from '../app/parts.ts';
import type { QuestionParts } from './answer.ts';

/** What a task's modal shows this user in this state. Expected trouble becomes a view; only bugs throw. */
export async function detailContent(
  parts: Pick<QuestionParts, 'platform' | 'db' | 'now'>,
  state: DetailState,
  userId: string,
  note: string | null = null,
): Promise<ModalView> {
  const { operationId, tab, status, page } = state;
  switch (tab) {
    case 'overview':
    case 'policy': {
      const found = await askTask(askedBy(parts, userId), operationId);
      if (found.kind !== 'found') return troubleView(state, found.trouble);
      return tab === 'overview' ? overviewView(state, found.detail) : policyView(state, found.detail);
    }
    case 'devices': {
      const found = await askDevices(askedBy(parts, userId), {
        operationId,
        filter: status,
        page,
        size: DEVICES_A_PAGE,
      });
      return found.kind === 'found'
        ? devicesView(state, found.page, note)
        : devicesTroubleView(state, found.trouble);
    }
    case 'history':
      return historyView(state, await askHistory(parts, operationId));
  }
}
