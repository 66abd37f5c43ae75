import type { Act } from '../../contract.ts';

const AWAY = 'The sandbox does not answer. Is it still running?';

/** Sends an act. Null when it went well, else the sentence the person reads. */
export async function postAct(act: Act): Promise<string | null> {
  try {
    const response = await fetch('/act', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(act),
    });
    const answer: unknown = await response.json();
    if (typeof answer !== 'object' || answer === null) return AWAY;
    if ('ok' in answer && answer.ok === true) return null;
    return 'message' in answer && typeof answer.message === 'string' ? answer.message : AWAY;
  } catch {
    return AWAY;
  }
}
