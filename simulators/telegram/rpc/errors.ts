import { createRequire } from 'node:module'

/** An error of the Telegram API: what a method answers instead of a result. */
export class RpcFailure extends Error {
  override name = 'RpcFailure'
  code: number
  constructor(text: string) {
    super(text)
    this.code = errorCode(text)
  }
}

const table: { errors: Record<string, { code: number } | undefined> } = createRequire(import.meta.url)(
  '@mtcute/core/tl/raw-errors.json',
)

// Not in the library's table.
const others: Record<string, number> = {
  'ALLOW_PAYMENT_REQUIRED_%d': 403,
  FROZEN_METHOD_INVALID: 420,
  PRIVACY_PREMIUM_REQUIRED: 403,
}

/** The numeric code that goes with an error text; numbers in the text (`FLOOD_WAIT_30`) do not matter. 400 when unknown. */
export function errorCode(text: string): number {
  const template = text.replace(/\d+$/, '%d')
  return others[template] ?? table.errors[text]?.code ?? table.errors[template]?.code ?? 400
}
