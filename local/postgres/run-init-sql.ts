import { readFileSync } from 'node:fs'
import { Client, escapeIdentifier, escapeLiteral } from 'pg'

export type InitSqlOptions = {
  file: string
  /** The superuser's connection; its database may be any. */
  databaseUrl: string
  /** What \getenv reads. */
  variables: Record<string, string>
}

/**
 * Runs db/init.sql without psql. Understands exactly what that file uses: `--` comments, \set ON_ERROR_STOP, \getenv,
 * \connect, \gexec on its own line, :'text' and :"name", and statements that end with `;` at the end of a line.
 * @throws for any other command, for a variable that is not set, and for what the database refuses
 */
export async function runInitSql(options: InitSqlOptions): Promise<void> {
  const variables = new Map<string, string>()
  let client = await connect(options.databaseUrl)
  let statement = ''

  const run = async (line: string): Promise<void> => {
    const [command, ...words] = line.trim().split(/\s+/)
    if (command === '\\set' && words[0] === 'ON_ERROR_STOP') return
    if (command === '\\getenv') {
      const [name = '', source = ''] = words
      const value = options.variables[source]
      if (value !== undefined) variables.set(name, value)
    } else if (command === '\\connect') {
      const url = new URL(options.databaseUrl)
      url.pathname = `/${encodeURIComponent(substitute((words[0] ?? '').replace(/^:(\w+)$/, ':raw:$1:'), variables))}`
      await client.end()
      client = await connect(url.href)
    } else if (command === '\\gexec') {
      const { rows } = await client.query<string[]>({
        text: substitute(statement, variables),
        rowMode: 'array',
      })
      statement = ''
      for (const text of rows.flat()) await client.query(text)
    } else if (command?.startsWith('\\')) {
      throw new Error(`${options.file}: ${command} is not one of the psql commands that are understood here`)
    } else {
      statement += `${line}\n`
      if (!line.trimEnd().endsWith(';')) return
      await client.query(substitute(statement, variables))
      statement = ''
    }
  }

  try {
    for (const line of readFileSync(options.file, 'utf8').split(/\r?\n/)) {
      if (line.trim() !== '' && !line.trimStart().startsWith('--')) await run(line)
    }
    if (statement) throw new Error(`${options.file} ends inside a statement: ${statement}`)
  } finally {
    await client.end()
  }
}

async function connect(connectionString: string): Promise<Client> {
  const client = new Client({ connectionString })
  client.on('error', () => {})
  await client.connect()
  return client
}

function substitute(text: string, variables: Map<string, string>): string {
  return text.replaceAll(/:(?:'(\w+)'|"(\w+)"|raw:(\w+):)/g, (_all, literal, identifier, raw) => {
    const name: string = literal ?? identifier ?? raw
    const value = variables.get(name)
    if (value === undefined)
      throw new Error(`The variable ${name} is not set: is its environment variable missing?`)
    if (literal) return escapeLiteral(value)
    return identifier ? escapeIdentifier(value) : value
  })
}
