/**
 * What the Lead API node can ask the API server for. One row per step of the turn protocol; the node is this table.
 * `{turn}` in a path is the id of the turn.
 */
export const operations = [
  {
    value: 'journal',
    name: 'Journal the Decision',
    path: '/turns/{turn}/decision',
    description: 'Stores what the AI decided, before any effect. The answer says whether to go on',
  },
  {
    value: 'askBusy',
    name: 'Are Busy Times Known by Now',
    path: '/turns/{turn}/busy/ask',
    description:
      'Gives the busy times when another turn has just asked for them, or says that this one is to ask Google',
  },
  {
    value: 'rememberBusy',
    name: 'Remember Busy Times',
    path: '/turns/{turn}/busy',
    description:
      'Puts an answer of Google freeBusy into the shared cache and gives back the busy times per seller',
  },
  {
    value: 'calendar',
    name: 'Next Calendar Step',
    path: '/turns/{turn}/calendar',
    description:
      'Reports the last answer of Google Calendar and asks what to do next, until the booking is confirmed',
  },
  {
    value: 'send',
    name: 'Send in Telegram',
    path: '/telegram/userbot',
    description: 'Puts the journaled message of this turn on its way to the lead, once',
  },
  {
    value: 'updateCrm',
    name: 'Update amoCRM',
    path: '/amocrm/update',
    description: 'Puts stage, fields, note and task of the journaled decision on their way to amoCRM, once',
  },
  {
    value: 'complete',
    name: 'Complete the Turn',
    path: '/turns/{turn}/complete',
    description: 'Ends the turn',
  },
  {
    value: 'fail',
    name: 'Report a Failure',
    path: '/turns/{turn}/failure',
    description: 'Gives the turn back: it is tried again later, and in the end goes to a human',
  },
  {
    value: 'planSync',
    name: 'Plan the Calendar Sync',
    path: '/calendar/sync/plan',
    description: 'Which requests to Google bring what changed in the calendars, one item each',
  },
  {
    value: 'takeSyncPage',
    name: 'Take a Page of Changes',
    path: '/calendar/sync/page',
    description: 'Follows what humans moved or deleted, and says whether there is another page',
  },
  {
    value: 'reportError',
    name: 'Report an Execution Error',
    path: '/n8n/errors',
    description: 'Tells the API that an execution died',
  },
] as const

export type Operation = (typeof operations)[number]['value']

/** Operations that act for one turn: they carry its id and lease. */
export const turnOperations = operations
  .map((operation) => operation.value)
  .filter((value) => !['planSync', 'takeSyncPage', 'reportError'].includes(value))
