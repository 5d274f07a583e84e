import { alertChannelsSchema, alertsPageSchema, alertTestSchema } from '@lead/contract/console'
import { z } from 'zod'
import { alertChannels } from '../../alerts/alert.ts'
import { findChats } from '../../alerts/find-chats.ts'
import { acknowledgeAlert } from '../../alerts/raise-alert.ts'
import { plainReason } from '../../alerts/tell.ts'
import { tryChannel } from '../../alerts/try-channel.ts'
import type { App } from '../../app.ts'
import { alertChannelStates, countOpenAlerts, listAlerts } from '../../console/list-alerts.ts'
import { scopeOf, visibleLeads } from '../../console/visible-lead.ts'
import { audit } from '../../database/audit.ts'
import { inTransaction } from '../../database/pool.ts'
import { Problem } from '../problems.ts'
import type { Server } from '../server-type.ts'
import { done, forPeople, idParam, isDone } from './describe-route.ts'
import { userOf } from './guard.ts'

/** What people are told of at once, and whether it reaches them. */
export function addAlerts(server: Server, app: App): void {
  server.get(
    '/console/alerts',
    {
      schema: {
        ...forPeople('Alerts, the newest first'),
        querystring: z.object({ before: idParam.optional() }),
        response: { 200: alertsPageSchema },
      },
    },
    async (request) => {
      const scope = scopeOf(app, userOf(request))
      const [page, open] = await Promise.all([
        listAlerts(app.db, scope, request.query.before ?? null),
        countOpenAlerts(app.db, scope),
      ])
      return { ...page, open }
    },
  )

  server.post(
    '/console/alerts/:alertId/acknowledge',
    {
      schema: {
        ...forPeople('Says that somebody has seen an alert: it is told nowhere any more'),
        params: z.object({ alertId: idParam }),
        response: { 200: done },
      },
    },
    async (request) => {
      const { alertId } = request.params
      const user = userOf(request)
      const { rows } = await app.db.query<{ lead_id: number | null }>(
        'select lead_id from alerts where id = $1',
        [alertId],
      )
      const scope = scopeOf(app, user)
      const leadId = rows[0]?.lead_id ?? null
      const isSeen =
        scope === null || (leadId !== null && (await visibleLeads(app.db, scope, [leadId])).has(leadId))
      if (!rows[0] || !isSeen) throw new Problem('not-found', `There is no alert ${alertId} of yours`)
      if (!(await inTransaction(app.db, (tx) => acknowledgeAlert(tx, alertId, user.name))))
        throw new Problem('conflict', 'It is over, or somebody was quicker')
      await audit(app.db, {
        actor: user.name,
        action: 'alert.acknowledged',
        ...(leadId === null ? {} : { leadId }),
        details: { alert: alertId },
      })
      return isDone
    },
  )

  server.get(
    '/console/alert-channels',
    {
      schema: {
        ...forPeople('Through what alerts reach people outside of the console'),
        response: { 200: alertChannelsSchema },
      },
    },
    async (request) => ({ channels: await alertChannelStates(app, userOf(request).email) }),
  )

  server.post(
    '/console/alert-channels/:channel/test',
    {
      schema: {
        ...forPeople('Sends a test through one channel, and says at once what came of it'),
        params: z.object({ channel: z.enum(alertChannels) }),
        response: { 200: alertTestSchema },
      },
    },
    async (request) => {
      const { channel } = request.params
      await audit(app.db, { actor: userOf(request).name, action: 'alert.tested', details: { channel } })
      return tryChannel(app, channel)
    },
  )

  server.post(
    '/console/alert-channels/telegram/chats',
    {
      schema: {
        ...forPeople('Who wrote to the bot of the alerts lately: their numbers go into business.yaml'),
        response: {
          200: z.object({ chats: z.array(z.object({ id: z.number(), name: z.string() })) }),
        },
      },
    },
    async () => {
      if (app.config.alerts.botToken === null)
        throw new Problem('conflict', 'ALERTS_TELEGRAM_BOT_TOKEN is missing')
      try {
        return { chats: await findChats(app) }
      } catch (error) {
        throw new Problem('unavailable', `Telegram: ${plainReason(app, error)}`)
      }
    },
  )
}
