import { type Role, roles } from '@lead/contract/console'
import type { TokenScope } from '@lead/contract/console-names'

const everybody = roles
/** Those who watch over all. */
const overseers = ['owner', 'manager', 'viewer'] as const
/** Those who talk to leads: a seller only to their own. */
const workers = ['owner', 'manager', 'seller'] as const
const leaders = ['owner', 'manager'] as const
const owners = ['owner'] as const

/**
 * Every route of the console, and who may take it. A route without a row does not start (guard.ts). `nobody`: it needs no session.
 * A seller gets no further than their own leads and meetings on any of them.
 */
export const routeRoles: Record<string, readonly Role[] | 'nobody'> = {
  'POST /console/login': 'nobody',
  'POST /console/join': 'nobody',
  'POST /console/logout': everybody,
  'GET /console/me': everybody,
  'POST /console/password': everybody,
  'POST /console/second-factor/begin': everybody,
  'POST /console/second-factor/confirm': everybody,
  'POST /console/second-factor/off': everybody,
  'GET /console/changes': everybody,

  'GET /console/counters': everybody,
  'GET /console/leads': everybody,
  'GET /console/leads/:leadId': everybody,
  'GET /console/leads/:leadId/tasks': everybody,
  'GET /console/leads/:leadId/thread': everybody,
  'GET /console/leads/:leadId/turns': everybody,
  'GET /console/leads/:leadId/turns/:turnId': everybody,
  'GET /console/leads/:leadId/files/:messageId': everybody,

  'POST /console/leads/:leadId/control': workers,
  'POST /console/leads/:leadId/stop-thinking': workers,
  'POST /console/leads/:leadId/messages': workers,
  'POST /console/leads/:leadId/messages/:messageId/retry': workers,
  'POST /console/leads/:leadId/notes': workers,
  'POST /console/leads/:leadId/close': workers,
  'POST /console/leads/:leadId/snooze': workers,
  'POST /console/leads/:leadId/block': workers,
  'POST /console/leads/:leadId/messages/:messageId/wrong': workers,
  'GET /console/evaluation-cases': overseers,
  'POST /console/evaluation-cases/:caseId/drop': leaders,
  'GET /console/filters': everybody,
  'POST /console/filters': everybody,
  'POST /console/filters/:filterId/drop': everybody,
  'POST /console/leads/:leadId/drafts/:draftId/approve': workers,
  'POST /console/leads/:leadId/drafts/:draftId/reject': workers,
  'POST /console/leads/:leadId/approval': workers,
  'POST /console/leads/:leadId/suggest': workers,
  'GET /console/leads/:leadId/person': leaders,
  'POST /console/leads/:leadId/erase': leaders,

  'GET /console/week': everybody,
  'GET /console/week/why': everybody,
  'GET /console/meetings/:meetingId/words': workers,
  'POST /console/meetings/:meetingId/move': workers,
  'POST /console/meetings/:meetingId/cancel': workers,
  'POST /console/meetings/:meetingId/no-show': workers,

  'GET /console/numbers': overseers,
  'GET /console/health': overseers,
  'GET /console/dead-letters': leaders,
  'POST /console/dead-letters/:door/:id/:action': leaders,
  'POST /console/halt': leaders,

  'GET /console/alerts': everybody,
  'POST /console/alerts/:alertId/acknowledge': workers,
  'GET /console/alert-channels': leaders,
  'POST /console/alert-channels/:channel/test': leaders,
  'POST /console/alert-channels/telegram/chats': leaders,

  'GET /console/setup': leaders,
  'POST /console/setup/:integration/check': leaders,
  'GET /console/telegram-login': leaders,
  'POST /console/telegram-login': leaders,
  'GET /console/business': leaders,
  'POST /console/business/check': leaders,
  'POST /console/business': leaders,
  'GET /console/knowledge': leaders,
  'GET /console/playground/:talkId': leaders,
  'POST /console/playground': leaders,

  'GET /console/push': workers,
  'POST /console/push': workers,
  'POST /console/push/drop': workers,

  'GET /console/audit': leaders,
  'GET /console/people': owners,
  'POST /console/invitations': owners,
  'POST /console/people/:personId': owners,

  'GET /console/tokens': everybody,
  'POST /console/tokens': everybody,
  'POST /console/tokens/:tokenId/drop': everybody,
  'GET /console/webhooks': owners,
  'POST /console/webhooks': owners,
  'POST /console/webhooks/:webhookId/drop': owners,
  'POST /console/webhooks/:webhookId/test': owners,
  'POST /console/webhooks/:webhookId/resume': owners,
}

/** Access itself is given and taken by people, never by a program with a key of theirs. */
const inPerson =
  /^\/console\/(?:login|logout|join|password|second-factor|people|invitations|tokens|webhooks|alert-channels|telegram-login|business|push)(?:\/|$)/

/** Whether a key with this scope may take a route, as far as its person may. */
export const mayToken = (scope: TokenScope, method: string, path: string): boolean =>
  !inPerson.test(path) && (scope === 'work' || method === 'GET')
