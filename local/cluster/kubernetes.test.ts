import assert from 'node:assert/strict'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, test } from 'node:test'
import { parseAllDocuments } from 'yaml'
import { interpolate, readCompose, readEnvironment } from '../../docker/read-compose.mts'
import { kubernetesManifests } from './kubernetes.ts'

const repository = join(import.meta.dirname, '../..')
const folder = join(repository, 'deploy/kubernetes')
const read = (file: string) => readFileSync(join(repository, file), 'utf8')
const { version } = JSON.parse(read('package.json')) as { version: string }
const { services } = readCompose(join(repository, 'docker-compose.yml'))

type Variable = { name: string; value?: string; valueFrom?: Record<string, { name: string; key: string }> }
type Container = {
  name: string
  image: string
  command?: string[]
  args?: string[]
  env: Variable[]
  securityContext: Record<string, unknown>
  resources: { limits: { memory: string } }
  readinessProbe?: { httpGet: { path: string; port: number } }
}
type Manifest = {
  kind: string
  metadata: { name: string }
  data?: Record<string, string>
  stringData?: Record<string, string>
  spec: {
    replicas: number
    strategy: { type: string }
    rules: { host: string; http: { paths: { path: string; backend: { service: { name: string } } }[] } }[]
    template: {
      spec: {
        terminationGracePeriodSeconds: number
        securityContext: Record<string, unknown>
        initContainers?: Container[]
        containers: Container[]
      }
    }
  }
}
const all = readdirSync(folder).flatMap((file) =>
  parseAllDocuments(read(`deploy/kubernetes/${file}`)).map((document) => document.toJS() as Manifest),
)
const find = (kind: string, name: string) =>
  all.find((one) => one.kind === kind && one.metadata.name === name) ?? assert.fail(`no ${kind} ${name}`)
const settings = find('ConfigMap', 'lead-settings').data!
const secrets = find('Secret', 'lead-secrets').stringData!
const deployments = all.filter(({ kind }) => kind === 'Deployment')
const containers = deployments.flatMap(({ spec: { template } }) => [
  ...(template.spec.initContainers ?? []),
  ...template.spec.containers,
])

describe('deploy/kubernetes', () => {
  test('is what docker-compose.yml makes', () => {
    const made = kubernetesManifests(services, version)
    assert.deepEqual(readdirSync(folder).toSorted(), Object.keys(made).toSorted())
    for (const [name, text] of Object.entries(made))
      assert.equal(read(`deploy/kubernetes/${name}`), text, name)
    assert.deepEqual(containers.map(({ name }) => name).toSorted(), [
      'api',
      'migrate',
      'n8n',
      'n8n-init',
      'n8n-webhook',
      'n8n-worker',
    ])
  })

  for (const container of containers)
    test(`${container.name}: the environment, the command and the health check of Compose`, () => {
      const service = services[container.name]!
      // What the manifests say is .env.
      const filled = Object.fromEntries(
        Object.keys(secrets).map((key) => [key, secrets[key] || `the ${key}`]),
      )
      const told = Object.fromEntries(
        container.env.map(({ name, value, valueFrom }) => {
          const { configMapKeyRef: setting, secretKeyRef: secret } = valueFrom ?? {}
          if (setting) return [name, settings[setting.key]]
          return [name, secret ? filled[secret.key] : value]
        }),
      )
      assert.deepEqual(told, readEnvironment(service, { ...settings, ...filled }))
      assert.deepEqual(container.command ?? [], service.entrypoint)
      assert.deepEqual(container.args ?? [], service.command)
      const checked = service.healthcheck?.test?.at(-1)
      const probe = container.readinessProbe?.httpGet
      assert.equal(probe?.path, checked && new URL(interpolate(checked, {})).pathname)
      if (probe) assert.equal(String(probe.port), new URL(interpolate(checked!, {})).port)
    })

  test('no secret stands in a setting or in a value, and none that opens our doors has a value', () => {
    for (const name of [
      'API_TOKEN',
      'APP_KEY',
      'DB_PASSWORD',
      'N8N_DB_PASSWORD',
      'N8N_ENCRYPTION_KEY',
      'DISPATCH_SECRET',
      'AMOCRM_WEBHOOK_SECRET',
      'N8N_BASIC_AUTH_PASSWORD',
    ]) {
      assert.equal(secrets[name], '', name) // prettier-ignore
      assert.ok(!(name in settings), name)
    }
    for (const { env } of containers)
      for (const { name, value } of env)
        if (value) assert.doesNotMatch(name, /(?:SECRET|TOKEN|PASSWORD|API_KEY)$/, name)
  })

  test('each pod is closed, bounded, and has the time to end that Compose gives', () => {
    for (const { metadata, spec } of deployments) {
      const pod = spec.template.spec
      assert.equal(pod.securityContext['runAsNonRoot'], true)
      assert.deepEqual(pod.securityContext['seccompProfile'], { type: 'RuntimeDefault' })
      assert.equal(`${pod.terminationGracePeriodSeconds}s`, services[metadata.name]!.stop_grace_period)
      assert.equal(spec.strategy.type, metadata.name === 'n8n' ? 'Recreate' : 'RollingUpdate')
    }
    assert.equal(find('Deployment', 'n8n').spec.replicas, 1)
    for (const { name, image, securityContext, resources } of containers) {
      assert.equal(securityContext['allowPrivilegeEscalation'], false, name)
      assert.deepEqual(securityContext['capabilities'], { drop: ['ALL'] })
      assert.match(resources.limits.memory, /^\d+[MG]i$/)
      assert.match(image, new RegExp(`^lead-processing-(?:api|n8n):${version.replaceAll('.', '\\.')}$`))
    }
  })

  test('from outside only the API and the hooks of amoCRM are reached: no turn, no editor', () => {
    const paths = find('Ingress', 'lead-processing').spec.rules.flatMap(({ http }) =>
      http.paths.map(({ path, backend }) => `${backend.service.name} ${path}`),
    )
    assert.deepEqual(paths, ['n8n-webhook /webhook/lead-intake/amocrm', 'api /'])
  })

  test("n8n's image has what Compose mounts into it, of the same version", () => {
    const dockerfile = read('n8n/Dockerfile')
    assert.match(dockerfile, new RegExp(`^FROM ${services['n8n']!.image}$`, 'm'))
    const copied = [...dockerfile.matchAll(/^COPY --chmod=755 (\S+) (\S+)$/gm)].map(
      ([, from, to]) => `./${from}:${to}:ro`,
    )
    const mounted = ['n8n', 'n8n-init'].flatMap((name) =>
      services[name]!.volumes.filter((one) => one.startsWith('./')),
    )
    assert.deepEqual(copied.toSorted(), [...new Set(mounted)].toSorted())
    const allowed = read('.dockerignore').split('\n')
    for (const mount of copied) {
      const [source = ''] = mount.slice(2).split(':')
      assert.ok(existsSync(join(repository, source)), source)
      assert.ok(
        allowed.some((line) => line.startsWith('!') && `${source}/`.startsWith(`${line.slice(1)}/`)),
        source,
      )
    }
    assert.match(
      dockerfile,
      new RegExp(
        JSON.stringify(services['n8n']!.entrypoint)
          .replaceAll(',', ', ')
          .replaceAll(/[[\].]/g, '\\$&'),
      ),
    )
  })
})
