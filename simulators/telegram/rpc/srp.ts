import { createHash, randomBytes } from 'node:crypto'
import { type ICryptoProvider, computePasswordHash } from '@mtcute/node/utils.js'
import type { tl } from '@mtcute/node'
import { dhGenerator, dhPrime } from '../mtproto/dh-prime.ts'
import { sha256 } from '../mtproto/hash.ts'

export type SrpChallenge = { accountId: number; verifier: bigint; secret: bigint; B: Buffer; algo: Algo }
type Algo = tl.RawPasswordKdfAlgoSHA256SHA256PBKDF2HMACSHA512iter100000SHA256ModPow

const p = toBigInt(dhPrime)
const gBytes = toBytes(BigInt(dhGenerator))

/** The key derivation for an account; its salts depend on the account only, so that they survive a restart. */
export function passwordAlgo(seed: string, accountId: number): Algo {
  const salt = (name: string) =>
    createHash('sha256').update(`${seed}:${accountId}:${name}`).digest().subarray(0, 16)
  return {
    _: 'passwordKdfAlgoSHA256SHA256PBKDF2HMACSHA512iter100000SHA256ModPow',
    salt1: salt('salt1'),
    salt2: salt('salt2'),
    g: dhGenerator,
    p: dhPrime,
  }
}

/** The server's half of one password check (SRP-6a as Telegram does it). */
export async function createChallenge(
  crypto: ICryptoProvider,
  accountId: number,
  password: string,
  algo: Algo,
): Promise<SrpChallenge> {
  const x = toBigInt(await computePasswordHash(crypto, Buffer.from(password), algo.salt1, algo.salt2))
  const verifier = modPow(BigInt(dhGenerator), x, p)
  const secret = toBigInt(randomBytes(256))
  const k = toBigInt(sha256(dhPrime, gBytes))
  const B = toBytes((k * verifier + modPow(BigInt(dhGenerator), secret, p)) % p)
  return { accountId, verifier, secret, B, algo }
}

/** Whether the client's answer proves that it knows the password. */
export function checkAnswer(challenge: SrpChallenge, answer: tl.RawInputCheckPasswordSRP): boolean {
  const { algo, B, verifier, secret } = challenge
  const u = toBigInt(sha256(answer.A, B))
  const shared = modPow((toBigInt(answer.A) * modPow(verifier, u, p)) % p, secret, p)
  const [hashOfP, hashOfG] = [sha256(dhPrime), sha256(gBytes)]
  const expected = sha256(
    Buffer.from(hashOfP.map((byte, index) => byte ^ hashOfG[index]!)),
    sha256(algo.salt1),
    sha256(algo.salt2),
    answer.A,
    B,
    sha256(toBytes(shared)),
  )
  return expected.equals(answer.M1)
}

function toBigInt(bytes: Uint8Array): bigint {
  return BigInt(`0x${Buffer.from(bytes).toString('hex')}`)
}

function toBytes(value: bigint): Buffer {
  return Buffer.from(value.toString(16).padStart(512, '0'), 'hex')
}

function modPow(base: bigint, exponent: bigint, modulus: bigint): bigint {
  let result = 1n
  let square = base % modulus
  for (let rest = exponent; rest > 0n; rest >>= 1n) {
    if (rest & 1n) result = (result * square) % modulus
    square = (square * square) % modulus
  }
  return result
}
