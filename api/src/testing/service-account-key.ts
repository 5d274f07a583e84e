import { generateKeyPairSync } from 'node:crypto'

/** A key file as Google gives it, of an account that only the simulator knows, and what Google would keep of it. */
export function makeKeyFile({ id = 'mock_key_1', email = 'booking@lead-demo.iam.gserviceaccount.com' } = {}) {
  const { privateKey, publicKey } = generateKeyPairSync('rsa', {
    modulusLength: 2048,
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
    publicKeyEncoding: { type: 'spki', format: 'pem' },
  })
  const file = {
    type: 'service_account',
    project_id: 'lead-demo',
    private_key_id: id,
    private_key: privateKey,
    client_email: email,
    client_id: '112233445566778899001',
    auth_uri: 'https://accounts.google.com/o/oauth2/auth',
    token_uri: 'https://oauth2.googleapis.com/token',
    auth_provider_x509_cert_url: 'https://www.googleapis.com/oauth2/v1/certs',
    universe_domain: 'googleapis.com',
  }
  return { content: JSON.stringify(file, null, 2), file, email, id, publicKey, privateKey }
}
