import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { ConfigError, readConfig } from '../settings/config.ts'
import { testVariables } from '../testing/test-config.ts'
import { isLoopback, nameOfProxy, type ProxyAddress, readProxyAddress } from './proxy-address.ts'

const bytes = Buffer.from('0123456789abcdef')
const padded = Buffer.concat([Buffer.from([0xdd]), bytes])
const disguised = Buffer.concat([Buffer.from([0xee]), bytes, Buffer.from('www.example.com')])

test('addresses in every form that people have them in', () => {
  const login = { user: 'anna@office', password: 'p:ss/w%rd' }
  const cases: [given: string, read: ProxyAddress][] = [
    ['socks5://10.0.0.1:1081', { kind: 'socks5', host: '10.0.0.1', port: 1081, login: null }],
    ['socks5h://proxy.example', { kind: 'socks5', host: 'proxy.example', port: 1080, login: null }],
    ['SOCKS5://anna%40office:p%3Ass%2Fw%25rd@h:1', { kind: 'socks5', host: 'h', port: 1, login }],
    ['http://proxy.example:3128/', { kind: 'http', host: 'proxy.example', port: 3128, login: null }],
    ['http://proxy.example', { kind: 'http', host: 'proxy.example', port: 80, login: null }],
    [
      'https://only-user@proxy.example',
      { kind: 'https', host: 'proxy.example', port: 443, login: { user: 'only-user', password: '' } },
    ],
    ['socks5://[2001:db8::1]:9050', { kind: 'socks5', host: '2001:db8::1', port: 9050, login: null }],
    [
      `https://t.me/socks?server=1.2.3.4&port=1080&user=anna%40office&pass=${encodeURIComponent(login.password)}`,
      { kind: 'socks5', host: '1.2.3.4', port: 1080, login },
    ],
    ['tg://socks?server=1.2.3.4&port=1080', { kind: 'socks5', host: '1.2.3.4', port: 1080, login: null }],
  ]
  for (const secret of [bytes, padded, disguised])
    for (const text of [secret.toString('hex'), secret.toString('base64'), secret.toString('base64url')])
      for (const start of ['tg://proxy', 'tg:proxy', 'https://t.me/proxy', 'https://telegram.me/proxy'])
        cases.push([
          `${start}?server=mt.example&port=443&secret=${text}`,
          { kind: 'mtproxy', host: 'mt.example', port: 443, secret: new Uint8Array(secret) },
        ])
  for (const [given, read] of cases) assert.deepEqual(readProxyAddress(given), read, given)
})

test('what is no address of a proxy is refused, and nothing of it is shown', () => {
  const wrong = [
    'proxy.example:3128', 'ftp://proxy.example', 'socks4://h:1', 'socks5://', 'socks5://:1080', 'http://h:1/way',
    'http://h:1?a', 'socks5://h:1#a', 'socks5://h:0', 'socks5://u:100%@h:1', 'socks5://h:99999',
    'tg://resolve?domain=anna', 'https://t.me/anna', 'tg://proxy?port=443&secret=00', 'tg://proxy?server=h&secret=00',
    'tg://proxy?server=h&port=443', 'tg://proxy?server=h&port=443&secret=0011',
    `tg://proxy?server=h&port=443&secret=aa${bytes.toString('hex')}`,
    `tg://proxy?server=h&port=443&secret=${'ж'.repeat(16)}`, `tg://proxy?server=h&port=70000&secret=${bytes.toString('hex')}`,
  ] // prettier-ignore
  for (const given of wrong) {
    const read = readProxyAddress(given)
    assert.equal(typeof read, 'string', given)
  }
  fc.assert(
    fc.property(
      fc.string({ minLength: 12 }),
      fc.constantFrom('socks5://u:', 'tg://proxy?server=h&port=1&secret=', 'x://'),
      (text, start) => {
        const read = readProxyAddress(start + text)
        if (typeof read === 'string') assert.equal(read.includes(text), false)
      },
    ),
  )
})

test('user and password come back as they were written, whatever is in them', () => {
  fc.assert(
    fc.property(fc.string({ minLength: 1 }), fc.string(), (user, password) => {
      const given = `socks5://${encodeURIComponent(user.toWellFormed())}:${encodeURIComponent(password.toWellFormed())}@h:1`
      const read = readProxyAddress(given)
      assert.deepEqual(typeof read === 'string' ? read : 'login' in read && read.login, {
        user: user.toWellFormed(),
        password: password.toWellFormed(),
      })
    }),
  )
})

test('the name of a proxy has no password', () => {
  const read = readProxyAddress('socks5://anna:secret@[::1]:1080')
  assert.ok(typeof read !== 'string')
  assert.equal(nameOfProxy(read), 'socks5://[::1]:1080')
})

test('this machine, by its names', () => {
  for (const host of ['127.0.0.1', '127.8.9.1', 'localhost', 'localhost.', 'api.localhost', '::1', '[::1]'])
    assert.equal(isLoopback(host), true, host)
  for (const host of ['10.0.0.1', 'localhost.example', '127.example', '1127.0.0.1', 'example.com'])
    assert.equal(isLoopback(host), false, host)
})

const problemsOf = (variables: Record<string, string>): string[] => {
  try {
    readConfig({ ...testVariables, ...variables })
    return []
  } catch (error) {
    assert.ok(error instanceof ConfigError)
    return error.problems
  }
}

test('settings: each kind where it can be used, the password in no problem', () => {
  const mt = `tg://proxy?server=h&port=443&secret=${bytes.toString('hex')}`
  const cases: [variables: Record<string, string>, problem: RegExp | null][] = [
    [{ TELEGRAM_PROXY: mt }, null],
    [{ TELEGRAM_PROXY: 'socks5://u:secret-pass@h:1' }, null],
    [
      { TELEGRAM_PROXY: mt, TELEGRAM_MODE: 'bot', TELEGRAM_BOT_TOKEN: 'mock_b' },
      /^TELEGRAM_PROXY: is an MTProxy, which carries no Bot API/,
    ],
    [{ TELEGRAM_PROXY: 'secret-pass@h:1' }, /^TELEGRAM_PROXY: must be .*Example: TELEGRAM_PROXY=socks5/],
    [{ HTTPS_PROXY: 'http://u:secret-pass@h:3128', NO_PROXY: '.company.example,10.0.0.1:8080' }, null],
    [
      { HTTPS_PROXY: 'socks5://u:secret-pass@h:1' },
      /^HTTPS_PROXY: must be http:\/\/host:port .*TELEGRAM_PROXY takes other kinds/,
    ],
    [{ HTTP_PROXY: mt }, /^HTTP_PROXY: must be http/],
    [
      { HTTPS_PROXY: `https://t.me/proxy?server=h&port=443&secret=${bytes.toString('hex')}` },
      /^HTTPS_PROXY: must be http/,
    ],
    [{ HTTPS_PROXY: 'http://u:secret-pass%@h:1' }, /^HTTPS_PROXY: has a user or password with a bare %/],
    [{ NO_PROXY: 'http://crm.example' }, /^NO_PROXY: must be hosts/],
  ]
  for (const [variables, problem] of cases) {
    const problems = problemsOf(variables)
    assert.equal(problems.length, problem ? 1 : 0, problems.join('\n'))
    if (problem) assert.match(problems[0] ?? '', problem)
    assert.doesNotMatch(problems.join('\n'), /secret-pass/)
  }
})

test('a simulated Telegram is asked through a proxy of this machine only', () => {
  const proxyOf = (variables: Record<string, string>) =>
    readConfig({ ...testVariables, ...variables }).telegram
  const real = { TELEGRAM_API_ID: '1', TELEGRAM_API_HASH: '0'.repeat(32), TELEGRAM_PHONE: '+79991234567' }
  assert.equal(proxyOf({ TELEGRAM_PROXY: 'socks5://proxy.example:1080' }).proxy, null)
  assert.equal(proxyOf({ TELEGRAM_PROXY: 'socks5://127.0.0.1:1080' }).proxy?.port, 1080)
  assert.equal(proxyOf({ ...real, TELEGRAM_PROXY: 'socks5://proxy.example:1080' }).proxy?.port, 1080)
})

test('the variables in small letters are read too, and the capitals win', () => {
  const ways = (variables: Record<string, string>) => readConfig({ ...testVariables, ...variables }).http
  assert.equal(ways({ https_proxy: 'http://small.example:1' }).https?.host, 'small.example')
  const both = { https_proxy: 'http://small.example:1', HTTPS_PROXY: 'http://capital.example:1' }
  assert.equal(ways(both).https?.host, 'capital.example')
  assert.deepEqual(ways({ no_proxy: 'a.example, .b.example' }).direct.slice(0, 2), [
    'a.example',
    '.b.example',
  ])
})
