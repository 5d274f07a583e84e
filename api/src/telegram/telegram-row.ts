import type { OutboxRow } from '../outbox/deliver.ts'
import type { TelegramPayload } from '../outbox/enqueue.ts'

/** A message of the outbox. */
export type TelegramRow = OutboxRow<TelegramPayload>
