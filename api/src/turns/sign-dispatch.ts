import { signJwt } from '../secrets/sign-jwt.ts'

/** n8n keeps the headers of a dispatch with its execution: what is read there must be worth nothing a moment later. */
const validSec = 60

/**
 * A JSON Web Token (HS256) for one dispatch of one turn. It is all that n8n's webhook asks for, and the secret itself never
 * travels.
 */
export function signDispatch(secret: string, turn: { id: number; fencing: number }, now: Date): string {
  const iat = Math.floor(now.getTime() / 1000)
  return signJwt({ secret }, { iat, exp: iat + validSec, sub: `turn ${turn.id}.${turn.fencing}` })
}
