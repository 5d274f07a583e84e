/** The lists of the console that are values at run time: apart from the schemas, so that a page that needs a name does not load zod. */

export const roles = ['owner', 'manager', 'seller', 'viewer'] as const

/** Each lead is in one of them, by who has the ball. */
export const queues = ['attention', 'assistant', 'human', 'waiting', 'booked', 'closed'] as const

/** Counting ends here: more is shown as "99+". */
export const mostCounted = 99

export const closeReasons = ['notInterested', 'unreachable', 'other'] as const

export const funnelSteps = [
  'received',
  'contacted',
  'replied',
  'qualified',
  'offered',
  'booked',
  'held',
] as const

/** What is set up and tried, in the order in which somebody new goes through it. */
export const integrationNames = ['amocrm', 'telegram', 'google', 'models', 'n8n'] as const
export type IntegrationName = (typeof integrationNames)[number]

/** What a program may do with a key of a person: look, or all that its person may but access itself. */
export const tokenScopes = ['read', 'work'] as const
export type TokenScope = (typeof tokenScopes)[number]

/** What other systems may be told, in the order that people read. */
export const eventTypes = [
  'lead.contacted',
  'lead.handed_off',
  'lead.opted_out',
  'meeting.booked',
  'meeting.moved',
  'meeting.cancelled',
  'meeting.no_show',
] as const
export type EventType = (typeof eventTypes)[number]
