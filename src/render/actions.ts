/** The names of our buttons. Distinct and matched exactly, so that one press reaches one listener. */
export const ACTIONS = {
  previousPage: 'list_previous',
  nextPage: 'list_next',
  refreshList: 'list_refresh',
  taskDetails: 'task_details',
} as const;
