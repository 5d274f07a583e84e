import { type Language, texts } from '../../texts/index.ts'
import { ownerEmail } from '../n8n/n8n.ts'
import type { System } from './system.ts'

/** The table of addresses and logins that a start ends with. `ownerLink`: how the first person comes into the console; null: somebody has. */
export function describeSystem(system: System, lang: Language, ownerLink: string | null): string {
  const { urls, config } = system
  const text = texts[lang].terminal.system
  const login = `${text.login} ${ownerEmail(config)} / ${config.settings.N8N_BASIC_AUTH_PASSWORD}`
  const pages = (['telegram', 'amocrm', 'google'] as const).filter((name) => config.simulators.includes(name))
  const rows = [
    [text.console, ownerLink ? `${urls.api}  (${text.join} ${ownerLink})` : urls.api],
    ...pages.map((name) => [text[name], urls[name]]),
    [text.n8n, config.settings.N8N_ELSEWHERE ? urls.n8n : `${urls.n8n}  (${login})`],
    [text.api, urls.api],
    [text.docs, `${urls.api}/docs`],
    [text.logs, `${config.dataDir}/logs`],
  ]
  const notices = system.workflows.flatMap(({ id, name, what, reason = '' }) => {
    const [head = '', ...ways] = text.workflows[what]({ name, address: `${urls.n8n}/workflow/${id}`, reason })
    return [head, ...ways.map((way) => `    ${way}`)]
  })
  const width = Math.max(...rows.map(([label = '']) => label.length))
  const lines = rows.map(([label = '', value = '']) => `  ${label.padEnd(width)}  ${value}`)
  const loud = notices.length > 0 ? [...notices.map((line) => `  ${line}`), ''] : []
  return ['', ...lines, '', ...loud, `  ${text.stop}`, ''].join('\n')
}
