import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

/** One statement of the API, as its source says it. */
export type Statement = { file: string; text: string }

/** The tables that grow with leads and messages. */
export const growingTables = [
  'leads',
  'conversations',
  'messages',
  'message_files',
  'calendar_events',
  'turns',
  'inbox_events',
  'outbox',
  'audit_log',
  'telegram_actions',
  'telegram_dialogs',
  'telegram_sends',
  'telegram_start_tokens',
  'lead_heads',
  'lead_notes',
  'console_changes',
  'knowledge_questions',
  'alerts',
  'alert_notices',
  'push_notices',
  'webhook_deliveries',
  'drafts',
  'evaluation_cases',
  'model_calls',
]

const source = join(import.meta.dirname, '..')
const growing = new RegExp(
  String.raw`\b(?:from|join|update|into|using)\s+(?:${growingTables.join('|')})\b`,
  'g',
)
const begin = /(?<quote>[`'"])\s*(?:select|insert|update|delete|with)\s/g

/**
 * Every statement in api/src that touches a growing table: the literals of the sources themselves, so that what is looked at is what runs.
 * Parts that are kept in a constant (`${part}`), of the file or exported by another, are put in.
 * @throws when a table is named where no statement was read: then there would be one that nothing looks at
 */
export function readStatements(): Statement[] {
  const files = globSync('**/*.{ts,sql}', { cwd: source }).filter(
    (file) => !/\.test\.ts$|^testing\//.test(file),
  )
  const texts = files.sort().map((file) => ({ file, text: readFileSync(join(source, file), 'utf8') }))
  const exported = new Map(
    texts.flatMap(({ text }) =>
      [...text.matchAll(/export const (\w+) =\s*`([^`]*)`/g)].map(({ 1: name, 2: value }) => [name!, value!]),
    ),
  )
  return texts.flatMap(({ file, text }) =>
    file.endsWith('.sql') ? ofSql(file, text) : ofTypeScript(file, text, exported),
  )
}

const ofSql = (file: string, text: string): Statement[] => (touches(text) > 0 ? [{ file, text }] : [])

const touches = (text: string) => [...text.matchAll(growing)].length

function ofTypeScript(file: string, whole: string, exported: Map<string, string>): Statement[] {
  const text = withoutComments(whole)
  const parts = new Map<string, string>()
  for (const { 1: name, 2: value } of text.matchAll(/const (\w+) =\s*`([^`]*)`/g))
    if (text.includes(`\${${name}}`) || exported.has(name!)) parts.set(name!, value!)
  const statements: string[] = []
  const seen: string[] = [...parts.values()]
  // A part may be made of parts.
  const filled = (sql: string): string =>
    sql.replaceAll(/\$\{(\w+)\}/g, (_, name: string) => {
      const part = parts.get(name) ?? exported.get(name)
      if (part === undefined) throw new Error(`${file}: \${${name}} is no constant: ${sql}`)
      return filled(part)
    })
  for (const match of text.matchAll(begin)) {
    const start = match.index + 1
    const literal = text.slice(start, endOf(text, start, match.groups!['quote']!))
    if (touches(literal) === 0 || seen.includes(literal)) continue
    seen.push(literal)
    statements.push(filled(literal))
  }
  const found = seen.reduce((sum, literal) => sum + touches(literal), 0)
  if (found !== touches(text))
    throw new Error(`${file} names a growing table in a statement that does not begin a literal of its own`)
  return statements.map((statement) => ({ file, text: statement }))
}

const withoutComments = (text: string) =>
  text.replaceAll(/\/\*[\s\S]*?\*\//g, '').replaceAll(/^\s*\/\/.*$/gm, '')

function endOf(text: string, start: number, quote: string): number {
  for (let at = start; at < text.length; at++) {
    if (text[at] === '\\') at += 1
    else if (text[at] === quote) return at
  }
  return text.length
}
