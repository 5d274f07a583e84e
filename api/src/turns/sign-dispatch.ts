import { createHmac } from 'node:crypto'

/** n8n keeps the headers of a dispatch with its execution: what is read there must be worth nothing a moment later. */
const validSec = 60

const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url')

/**
 * A JSON Web Token (HS256) for one dispatch of one turn. It is all that n8n's webhook asks for, and the secret itself never
 * travels.
 */
export function signDispatch(secret: string, turn: { id: number; fencing: number }, now: Date): string {
  const iat = Math.floor(now.getTime() / 1000)
  const signed = [
    part({ alg: 'HS256', typ: 'JWT' }),
    part({ iat, exp: iat + validSec, sub: `turn ${turn.id}.${turn.fencing}` }),
  ].join('.')
  return `${signed}.${createHmac('sha256', secret).update(signed).digest('base64url')}`
}
