/** The statements of a migration, without comments; what stands in quotes or between dollars is one piece. */
export function statementsOf(sql: string): string[] {
  const statements: string[] = []
  let statement = ''
  const pieces = /--[^\n]*|\/\*[^]*?\*\/|'(?:[^']|'')*'|"[^"]*"|(\$\w*\$)[^]*?\1|;|[^]/g
  for (const [piece] of sql.matchAll(pieces)) {
    if (piece === ';') {
      statements.push(statement)
      statement = ''
    } else if (!piece.startsWith('--') && !piece.startsWith('/*')) statement += piece
  }
  return [...statements, statement]
    .map((one) => one.replaceAll(/\s+/g, ' ').trim().toLowerCase())
    .filter(Boolean)
}

/** What the code of the release before could not live with, and why. */
const breaking: [pattern: RegExp, why: string][] = [
  [/^drop (?!function if exists|policy)/, 'drops something that the release before uses'],
  [
    /^alter table .*\bdrop (?!default|not null|expression|identity)/,
    'drops something that the release before uses',
  ],
  [/^alter [a-z ]+ .*\brename\b/, 'renames something that the release before asks for by its old name'],
  [/\balter (?:column )?\S+ (?:set data )?type\b/, 'changes a type that the release before reads'],
  [/\balter (?:column )?\S+ set not null\b/, 'refuses rows that the release before writes'],
  [
    /^alter table .*\badd (?:constraint|check|unique|exclude|foreign|primary)\b/,
    'refuses rows that the release before may write',
  ],
  [/^create unique index /, 'refuses rows that the release before may write'],
  [/^truncate |^delete from /, 'deletes what the release before may need'],
]
const added =
  /\badd (?:column )?(?!constraint|check|unique|exclude|foreign|primary)(?:if not exists )?(?<column>\S+) (?<rest>(?:\([^)]*\)|[^,(])*)/g

/** A statement that breaks the release before may stand in a file with a line `-- contract: WHY`; then that release must not be needed any more. */
const contract = /^-- contract: \S.{10,}$/m

/**
 * Why the code of the release before this migration could not go on with the database after it. The rule is expand, then contract a release
 * later: a rollback takes the code back, never the database.
 */
export function problemsOf(sql: string): string[] {
  if (contract.test(sql)) return []
  // A table or column that is made in the same file is nobody's yet.
  const statements = statementsOf(sql)
  const made = new Set(
    statements.flatMap((one) => /^create table (?:if not exists )?(\S+)/.exec(one)?.[1] ?? []),
  )
  return statements.flatMap((statement) => {
    const table =
      /^(?:alter table (?:if exists )?(?:only )?|create unique index .* on |delete from |truncate )(\S+)/.exec(
        statement,
      )?.[1]
    if (table !== undefined && made.has(table.replace(/\(.*/, ''))) return []
    const why = breaking.find(([pattern]) => pattern.test(statement))?.[1]
    const found = why ? [why] : columnsOf(statement)
    return found.map((reason) => `${reason}: ${statement.slice(0, 120)}`)
  })
}

function columnsOf(statement: string): string[] {
  if (!statement.startsWith('alter table')) return []
  return [...statement.matchAll(added)].flatMap(({ groups }) => {
    const rest = groups?.['rest'] ?? ''
    const filled = /\bdefault\b|\bgenerated\b/.test(rest)
    return /\bnot null\b/.test(rest) && !filled
      ? ['adds a column that the release before leaves empty, and that must not be']
      : []
  })
}
