import { randomBytes, scrypt, timingSafeEqual } from 'node:crypto'

/** 32 MB and about a tenth of a second per guess. Kept beside each hash, so that a stronger choice later does not lock anybody out. */
const cost = { N: 32_768, r: 8, p: 1 }
const keyBytes = 32

const derive = (password: string, salt: Buffer, { N, r, p }: typeof cost): Promise<Buffer> =>
  new Promise((resolve, reject) => {
    const most = 256 * N * r
    scrypt(password.normalize('NFKC'), salt, keyBytes, { N, r, p, maxmem: most }, (error, key) =>
      error ? reject(error) : resolve(key),
    )
  })

/** A text that `isPassword` understands and that tells nobody the password. */
export async function hashPassword(password: string): Promise<string> {
  const salt = randomBytes(16)
  const key = await derive(password, salt, cost)
  return ['scrypt', cost.N, cost.r, cost.p, salt.toString('base64'), key.toString('base64')].join('$')
}

/** Whether the hash is of this password. With null it takes as long and says no, so that nobody learns which names exist. */
export async function isPassword(password: string, hash: string | null): Promise<boolean> {
  if (hash === null) {
    await derive(password, Buffer.alloc(16), cost)
    return false
  }
  const [, N, r, p, salt = '', key = ''] = hash.split('$')
  const parameters = { N: Number(N), r: Number(r), p: Number(p) }
  const expected = Buffer.from(key, 'base64')
  const found = await derive(password, Buffer.from(salt, 'base64'), parameters)
  return expected.length === found.length && timingSafeEqual(expected, found)
}
