import { isLoopback } from '../../api/src/outgoing/proxy-address.ts'
import type { Config } from '../settings/config.ts'
import { findUrls } from '../settings/service-environments.ts'
import { googleOverwrite } from './n8n.ts'

/** The only part that no public API does: files on the machine of that n8n. */
export const howToBringNodes = [
  '',
  '  1. here:                        cd n8n/nodes && npm pack',
  '  2. on the machine of that n8n:  mkdir -p ~/.n8n/nodes && cd ~/.n8n/nodes',
  '                                  npm install --omit=peer /path/to/n8n-nodes-lead-processing-0.1.0.tgz',
  '  3. restart that n8n, and repeat this command',
  '',
  'Do not install a package of this name from npm: it is not ours.',
]

/** What a person has to do after an installation, for people. `url`: of that n8n. */
export function whatIsLeft(config: Config, url: string): string[] {
  const { settings } = config
  const urls = findUrls(config)
  const isAway = !isLoopback(new URL(url).hostname)
  const overwrite = Object.entries(googleOverwrite(config)).map(([name, value]) => `     ${name}='${value}'`)
  const steps = [
    ...(settings.N8N_URL === url && settings.N8N_ELSEWHERE
      ? []
      : [
          [
            'put into .env, then start: npm start runs no n8n of its own then',
            `     N8N_URL=${url}`,
            '     N8N_ELSEWHERE=true',
          ],
        ]),
    ...(isAway && isLoopback(new URL(urls.api).hostname)
      ? [
          [
            `set API_URL to an address at which that n8n reaches this API (now ${urls.api}), and repeat this command`,
          ],
        ]
      : []),
    ...(overwrite.length > 0
      ? [["that n8n asks for Google's tokens at an address of ours: start it with", ...overwrite]]
      : []),
    [
      'let it take small bodies only, and forget what leads wrote: N8N_PAYLOAD_SIZE_MAX=1, EXECUTIONS_DATA_MAX_AGE=720 (hours)',
    ],
    ["point amoCRM's webhooks there: npm run amocrm -- subscribe"],
  ]
  return [
    'What is left to do:',
    ...steps.flatMap(([head, ...more], index) => [`  ${index + 1}. ${head}`, ...more]),
  ]
}
