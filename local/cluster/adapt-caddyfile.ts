import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { repository } from '../settings/config.ts'

type ProxyPorts = { n8n: number; webhooks: number; api: number; editor: number; admin: number }

/**
 * docker/Caddyfile for a machine without containers: each name is a port of 127.0.0.1, and the port of the editor may be another one.
 * @throws when the file has a name that is not replaced
 */
export function adaptCaddyfile(text: string, ports: ProxyPorts): string {
  const adapted = text
    .replaceAll('reverse_proxy n8n:5678', `reverse_proxy 127.0.0.1:${ports.n8n}`)
    .replaceAll(/dynamic a \{\s+name n8n-webhook[^}]+\}/g, `to 127.0.0.1:${ports.webhooks}`)
    .replaceAll(/dynamic a \{\s+name api\s+port \{\$API_PORT\}[^}]+\}/g, `to 127.0.0.1:${ports.api}`)
    .replace('{$N8N_SITE}, :5678 {', `{$N8N_SITE}, :${ports.editor} {`)
  const left = /dynamic a|n8n:5678|name (?:n8n|api)/.exec(adapted)
  if (left) throw new Error(`docker/Caddyfile has a name that only containers know: ${left[0]}`)
  return `{\n\tadmin 127.0.0.1:${ports.admin}\n}\n\n${adapted}`
}

/** Caddy reads its file beside its start script. @returns the script */
export function prepareProxy(folder: string, ports: ProxyPorts): string {
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  const script = join(folder, 'start-proxy.sh')
  copyFileSync(join(repository, 'docker/start-proxy.sh'), script)
  const text = readFileSync(join(repository, 'docker/Caddyfile'), 'utf8')
  writeFileSync(join(folder, 'Caddyfile'), adaptCaddyfile(text, ports))
  return script
}
