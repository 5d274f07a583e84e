import assert from 'node:assert/strict'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { loadConfig, repository } from '../settings/config.ts'
import { readJsonFiles, renderCredentials } from './render-credentials.ts'
import { contentOf, sendGoogleTo } from '../../n8n/workflows/workflow-content.ts'
import { credentialVariables } from '../settings/service-environments.ts'

const workflows = join(repository, 'n8n/workflows')
const folder = mkdtempSync(join(tmpdir(), 'lead-credentials-'))
after(() => rmSync(folder, { recursive: true }))

const template = { id: 'x', data: { header: 'Bearer ${TOKEN}', list: ['${TOKEN}'], port: 1 } }
writeFileSync(join(folder, 'api.json'), JSON.stringify(template))

test('values with quotes, line ends and dollars arrive unchanged', () => {
  const token = 'a"b\\c\n$& ${OTHER}'
  const [file] = renderCredentials(folder, { TOKEN: token })
  assert.deepEqual(file?.content, { id: 'x', data: { header: `Bearer ${token}`, list: [token], port: 1 } })
})

test('a variable without a value is named with its file', () => {
  assert.throws(() => renderCredentials(folder, {}), /api\.json asks for the variable TOKEN/)
})

test('the committed templates render with the default settings', () => {
  const config = loadConfig({ dataDir: join(folder, 'data'), environment: {} })
  const rendered = renderCredentials(join(repository, 'n8n/credentials'), credentialVariables(config))
  assert.ok(rendered.length > 0)
  assert.ok(!JSON.stringify(rendered).includes('${'))
})

test('only the host of the Google requests changes while Google is simulated, and all of them change', () => {
  const simulator = 'http://127.0.0.1:4040'
  for (const { content } of readJsonFiles(workflows)) {
    const real = contentOf(content)
    const simulated = sendGoogleTo(real, simulator)
    assert.ok(!JSON.stringify(simulated.nodes.map(({ parameters }) => parameters)).includes('googleapis.com'))
    assert.deepEqual(contentOf(simulated, simulator), real)
  }
})
