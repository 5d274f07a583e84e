import { createHash, randomBytes } from 'node:crypto'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { askToken, type GoogleAccess, type Tokens } from '../../api/src/google/google-client.ts'
import { scopes } from '../../api/src/google/scopes.ts'

/**
 * Asks the owner of the calendar for consent in a browser, by the loopback flow with PKCE: Google leads back to a server that
 * listens on this machine only, until the answer is there.
 * @param show told the address to open
 * @throws GoogleFault; Error when the person says no, or the answer is not to our question
 */
export async function logIn(
  access: GoogleAccess,
  { port, show, signal }: { port: number; show: (address: string) => void; signal?: AbortSignal },
): Promise<Tokens & { refresh_token: string }> {
  const verifier = randomBytes(32).toString('base64url')
  const state = randomBytes(16).toString('base64url')
  const { redirectUri, code } = await listen(port, state, signal, (home) => {
    const address = new URL(`${access.accounts}/o/oauth2/v2/auth`)
    address.search = new URLSearchParams({
      client_id: access.clientId,
      redirect_uri: home,
      response_type: 'code',
      scope: scopes.join(' '),
      // Without these two Google gives no refresh token to whoever consented before.
      access_type: 'offline',
      prompt: 'consent',
      state,
      code_challenge: createHash('sha256').update(verifier).digest('base64url'),
      code_challenge_method: 'S256',
    }).toString()
    show(address.href)
  })
  const tokens = await askToken(access, {
    grant_type: 'authorization_code',
    code,
    redirect_uri: redirectUri,
    code_verifier: verifier,
  })
  const { refresh_token: refreshToken } = tokens
  if (!refreshToken)
    throw new Error(
      'Google gave no refresh token: take the access away at myaccount.google.com/permissions and log in again',
    )
  return { ...tokens, refresh_token: refreshToken }
}

function listen(
  port: number,
  state: string,
  signal: AbortSignal | undefined,
  ready: (redirectUri: string) => void,
): Promise<{ redirectUri: string; code: string }> {
  return new Promise((resolve, reject) => {
    let redirectUri = ''
    const server = createServer((request, response) => {
      const { searchParams, pathname } = new URL(request.url ?? '/', redirectUri)
      if (pathname !== '/' || searchParams.get('state') !== state) {
        response.writeHead(404).end()
        return
      }
      const code = searchParams.get('code')
      response.writeHead(200, { 'content-type': 'text/plain; charset=utf-8', connection: 'close' })
      response.end(code ? 'Done. You can close this page.' : 'No access was given. You can close this page.')
      server.close()
      if (code) resolve({ redirectUri, code })
      else reject(new Error(`Google says: ${searchParams.get('error') ?? 'no code'}`))
    })
    server.on('error', reject)
    signal?.addEventListener('abort', () => {
      server.close()
      reject(new Error('The login was ended'))
    })
    server.listen(port, '127.0.0.1', () => {
      redirectUri = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`
      ready(redirectUri)
    })
  })
}
