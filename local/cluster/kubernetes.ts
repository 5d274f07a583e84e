import { stringify } from 'yaml'
import { findReferences, interpolate } from '../../docker/read-compose.mts'
import type { Services } from './plan-service.ts'

/** How many begin, and what each may take; measured figures: docs/scaling.md. */
const workloads = {
  api: { replicas: 2, memory: ['256Mi', '768Mi'], cpu: '200m', init: 'migrate' },
  n8n: { replicas: 1, memory: ['700Mi', '1536Mi'], cpu: '200m', init: 'n8n-init' },
  'n8n-webhook': { replicas: 2, memory: ['500Mi', '1Gi'], cpu: '200m', init: null },
  'n8n-worker': { replicas: 2, memory: ['600Mi', '1536Mi'], cpu: '500m', init: null },
} as const
type Workload = keyof typeof workloads

/** Variables that open something, or hold what does. */
const isSecret = (name: string) =>
  name !== 'NO_PROXY' &&
  /(?:SECRET|TOKEN|PASSWORD|PASSPHRASE|KEY|KEY_OLD|PROXY|AUTH_CODE|DATABASE_URL|SMTP_URL)$/.test(name)

/** Where the cluster's own PostgreSQL and Redis are: compose has them as containers. */
const elsewhere: Record<string, string> = {
  DB_HOST: 'postgres.example.internal',
  REDIS_HOST: 'redis.example.internal',
}
const addresses: Record<string, string> = {
  N8N_URL: 'https://n8n.example.com',
  API_URL: 'https://api.example.com',
}

type Variable = { name: string; value: string } | { name: string; valueFrom: object }

/** The manifests by their files' names: plain ones, of docker-compose.yml's services. `version`: the images' tag. */
export function kubernetesManifests(services: Services, version: string): Record<string, string> {
  const settings: Record<string, string> = {}
  const secrets: Record<string, string> = {}
  const files = Object.fromEntries(
    (Object.keys(workloads) as Workload[]).map((name) => [
      `${name}.yaml`,
      print(...workload(name, services, version, settings, secrets)),
    ]),
  )
  return {
    ...files,
    'settings.yaml': print({
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: meta('lead-settings'),
      data: settings,
    }),
    'secrets.example.yaml': print({
      apiVersion: 'v1',
      kind: 'Secret',
      metadata: meta('lead-secrets'),
      stringData: secrets,
    }),
    'ingress.yaml': print(ingress()),
  }
}

/** Of one variable of a service: a secret, a setting, or what follows from the others. Notes both by their names in .env. */
function variable(
  name: string,
  value: string,
  settings: Record<string, string>,
  secrets: Record<string, string>,
): Variable {
  const [reference] = findReferences(value)
  const isWhole = reference && /^\$\{\w+(?::[-+?].*)?\}$/s.test(value) && reference.operator !== ':+'
  if (!isWhole) return { name, value: interpolate(value, {}) }
  const key = reference.name
  if (reference.operator === ':?' || isSecret(key)) {
    secrets[key] = reference.operator === ':-' ? interpolate(reference.operand, {}) : ''
    return { name, valueFrom: { secretKeyRef: { name: 'lead-secrets', key } } }
  }
  settings[key] = elsewhere[key] ?? addresses[key] ?? interpolate(reference.operand, {})
  return { name, valueFrom: { configMapKeyRef: { name: 'lead-settings', key } } }
}

function workload(
  name: Workload,
  services: Services,
  version: string,
  settings: Record<string, string>,
  secrets: Record<string, string>,
): object[] {
  const { replicas, memory, cpu, init } = workloads[name]
  const isApi = name === 'api'
  const service = services[name]!
  const port = isApi ? 3000 : 5678
  const url = new URL(interpolate(service.healthcheck!.test!.at(-1)!, {}))
  const variablesOf = (of: string) =>
    Object.entries(services[of]!.environment).map(([key, value]) => variable(key, value, settings, secrets))
  const probe = { httpGet: { path: url.pathname, port }, periodSeconds: 10, timeoutSeconds: 5 }
  const container = (of: string) => ({
    name: of,
    image: `lead-processing-${isApi ? 'api' : 'n8n'}:${version}`,
    ...commandOf(services[of]!),
    env: variablesOf(of),
    securityContext: {
      allowPrivilegeEscalation: false,
      capabilities: { drop: ['ALL'] },
      readOnlyRootFilesystem: isApi,
    },
    resources: { requests: { cpu, memory: memory[0] }, limits: { memory: memory[1] } },
    volumeMounts: mountsOf(of),
  })
  const mountsOf = (of: string) =>
    isApi
      ? [
          { name: 'tmp', mountPath: '/tmp' },
          { name: 'backups', mountPath: '/app/backups' },
        ]
      : [{ name: 'home', mountPath: '/home/node/.n8n', ...(name === 'n8n' && { subPath: of }) }]
  const home = name === 'n8n' ? { persistentVolumeClaim: { claimName: 'lead-n8n' } } : { emptyDir: {} }
  const deployment = {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: meta(name),
    spec: {
      replicas,
      // Of n8n's main process there is never a second one.
      strategy:
        name === 'n8n'
          ? { type: 'Recreate' }
          : { type: 'RollingUpdate', rollingUpdate: { maxUnavailable: 0 } },
      selector: { matchLabels: { app: name } },
      template: {
        metadata: { labels: { app: name, 'app.kubernetes.io/part-of': 'lead-processing' } },
        spec: {
          automountServiceAccountToken: false,
          terminationGracePeriodSeconds: Number.parseInt(service.stop_grace_period!, 10),
          securityContext: {
            runAsNonRoot: true,
            runAsUser: 1000,
            fsGroup: 1000,
            seccompProfile: { type: 'RuntimeDefault' },
          },
          ...(init && { initContainers: [container(init)] }),
          containers: [
            {
              ...container(name),
              ports: [{ containerPort: port }],
              readinessProbe: probe,
              // /ready is 503 while the database is away, which a restart would not mend.
              livenessProbe: {
                ...probe,
                httpGet: { path: isApi ? '/health' : '/healthz', port },
                failureThreshold: 6,
              },
              startupProbe: { ...probe, failureThreshold: 30 },
            },
          ],
          volumes: isApi
            ? [
                { name: 'tmp', emptyDir: {} },
                { name: 'backups', emptyDir: {} },
              ]
            : [{ name: 'home', ...home }],
        },
      },
    },
  }
  const reached = {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: meta(name),
    spec: { selector: { app: name }, ports: [{ port, targetPort: port }] },
  }
  const kept = {
    apiVersion: 'v1',
    kind: 'PersistentVolumeClaim',
    metadata: meta('lead-n8n'),
    spec: { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '1Gi' } } },
  }
  const budget = {
    apiVersion: 'policy/v1',
    kind: 'PodDisruptionBudget',
    metadata: meta(name),
    spec: { minAvailable: 1, selector: { matchLabels: { app: name } } },
  }
  return [deployment, ...(name === 'n8n-worker' ? [] : [reached]), ...(name === 'n8n' ? [kept] : [budget])]
}

/** Compose's entrypoint and command have these names here. */
const commandOf = ({ entrypoint, command }: Services[string]) => ({
  ...(entrypoint.length > 0 && { command: entrypoint }),
  ...(command.length > 0 && { args: command }),
})

/** amoCRM's hooks and the API. Turns and the editor are not reached from outside. */
function ingress(): object {
  const to = (name: string, port: number, path: string) => ({
    path,
    pathType: 'Prefix',
    backend: { service: { name, port: { number: port } } },
  })
  return {
    apiVersion: 'networking.k8s.io/v1',
    kind: 'Ingress',
    metadata: meta('lead-processing'),
    spec: {
      tls: [{ hosts: ['n8n.example.com', 'api.example.com'], secretName: 'lead-tls' }],
      rules: [
        {
          host: 'n8n.example.com',
          http: { paths: [to('n8n-webhook', 5678, '/webhook/lead-intake/amocrm')] },
        },
        { host: 'api.example.com', http: { paths: [to('api', 3000, '/')] } },
      ],
    },
  }
}

const meta = (name: string) => ({ name, labels: { 'app.kubernetes.io/part-of': 'lead-processing' } })
const head =
  '# Made from docker-compose.yml by `npm run build`: change it by kustomize, not here. See docs/scaling.md.\n'
const print = (...objects: object[]) =>
  head +
  objects
    .map((one) => stringify(one, { lineWidth: 0, aliasDuplicateObjects: false, singleQuote: true }))
    .join('---\n')
