import type { Logger } from 'pino'
import { MessengerError, type MessengerFailure } from './messenger-error.ts'

/** What goes wrong with the account itself is never only cosmetic. */
const matters: MessengerFailure[] = ['logged-out', 'banned', 'frozen', 'not-ready']

/** Waits for something cosmetic, such as a sign of typing: what goes wrong with it must not keep the words back. */
export async function quietly(log: Logger, sign: Promise<unknown>): Promise<void> {
  await sign.catch((error: unknown) => {
    if (!(error instanceof MessengerError) || matters.includes(error.code)) throw error
    log.debug({ reason: error.message }, 'A sign was not shown in Telegram')
  })
}
