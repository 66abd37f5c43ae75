/** A button. */
export const button = (actionId: string, label: string, value = '') => ({
  type: 'button' as const,
  action_id: actionId,
  text: { type: 'plain_text' as const, text: label },
  value,
});
/** A row of buttons. */
export const row = (...elements: ReturnType<typeof button>[]) => ({ type: 'actions' as const, elements });
/** A section of mrkdwn. */
export const said = (text: string) => ({ type: 'section' as const, text: { type: 'mrkdwn' as const, text } });
