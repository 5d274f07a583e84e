import type { FastifyReply, FastifyRequest } from 'fastify'
import { modeOf, type World } from '../world.ts'
import { sendError, statusMessages } from './vendor-error.ts'
import { vendorOf } from './vendor-of.ts'

/** What goes wrong before a model is asked: no answer at all, an overload of minutes, an unpaid account, a key that is no longer good. */
export const troubles =
  (world: World) =>
  async (request: FastifyRequest, reply: FastifyReply): Promise<void> => {
    const vendor = vendorOf(request)
    const { mode } = modeOf(world, vendor)
    if (mode === 'hanging') return void reply.hijack()
    if (mode === 'overloaded') {
      const status = vendor === 'openai' ? 503 : 529
      return void (await sendError(reply, vendor, status, statusMessages[status] ?? ''))
    }
    if (mode === 'locked')
      return void (await sendError(
        reply,
        vendor,
        401,
        vendor === 'openai' ? 'Your API key has been disabled.' : 'invalid x-api-key',
      ))
    if (mode !== 'unpaid') return
    if (vendor === 'openai')
      await sendError(
        reply,
        vendor,
        429,
        'You exceeded your current quota, please check your plan and billing details.',
        { code: 'insufficient_quota', type: 'insufficient_quota' },
      )
    else
      await sendError(
        reply,
        vendor,
        400,
        'Your credit balance is too low to access the Anthropic API. Please go to Plans & Billing to upgrade or purchase credits.',
      )
  }
