/** `npm run n8n -- evaluation`: the labelled replies, and a workflow that n8n's Evaluations tab runs on them. */
import { parseArgs } from 'node:util'
import { fail } from '../../local/commands/command-line.ts'
import { openOwnerSession } from '../../local/n8n/owner-session.ts'
import { loadConfig } from '../../local/settings/config.ts'
import { findRunningSystem } from '../../local/system/system-lock.ts'
import { readLabels } from '../labels/read-labels.ts'
import { bringEvaluation } from './bring-evaluation.ts'
import { evaluationRow } from './evaluation-rows.ts'

try {
  const { values } = parseArgs({
    options: { data: { type: 'string' }, rows: { type: 'string' }, replace: { type: 'boolean' } },
  })
  const most = values.rows === undefined ? Infinity : Number(values.rows)
  if (!(most >= 1)) throw new Error('--rows must be a number from 1')
  const config = loadConfig(values.data ? { dataDir: values.data } : {})
  const n8n = findRunningSystem(config.dataDir)?.n8n
  if (!n8n || config.settings.N8N_ELSEWHERE)
    throw new Error('This needs the n8n of npm start: start it in another terminal, then repeat this')
  const labels = readLabels()
  // Of both languages, however few.
  const every = Math.max(1, Math.ceil(labels.length / most))
  const rows = labels.filter((_label, index) => index % every === 0).map(evaluationRow)
  const session = await openOwnerSession(n8n, config)
  const { workflowId, added, kept } = await bringEvaluation(session, rows, {
    replace: values.replace ?? false,
  })
  console.log(`${added} labelled replies added, ${kept} were there
The tab: ${n8n}/workflow/${workflowId}/evaluation`)
} catch (error) {
  fail(error)
}
process.exit()
