import type { Turn } from '@lead/contract'
import { request } from 'undici'
import type { Ports } from '../app.ts'
import { signDispatch } from './sign-dispatch.ts'

/** n8n answers in JSON, and in a page while it starts: that page says nothing. */
const briefly = (text: string) => (text.trimStart().startsWith('<') ? '' : `: ${text.slice(0, 200)}`)

/** Brings a turn with all its context to n8n, which thinks about it later. @throws Error when n8n does not take it */
export async function postTurn(app: Ports<'config'>, context: Turn): Promise<void> {
  const ticket = signDispatch(app.config.dispatchSecret, context.turn, new Date())
  const answer = await request(`${app.config.n8nUrl}/webhook/${app.config.turnWorkflow}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${ticket}` },
    body: JSON.stringify(context),
    headersTimeout: 15_000,
    bodyTimeout: 15_000,
  })
  const text = await answer.body.text()
  if (answer.statusCode >= 300) throw new Error(`n8n answered ${answer.statusCode}${briefly(text)}`)
}
