/** A query with PHP bracket keys as a tree; every leaf is a string. */
export type Query = { [key: string]: string | Query | undefined }

const forbidden = new Set(['__proto__', 'constructor', 'prototype'])

/** Reads `filter[id][]=1&filter[created_at][from]=2`. `[]` counts up from 0. Forbidden or broken keys are skipped. */
export function parseQuery(text: string): Query {
  const tree = emptyQuery()
  for (const [key, value] of new URLSearchParams(text)) {
    const path = keyPath(key)
    if (path && !path.some((part) => forbidden.has(part))) put(tree, path, value)
  }
  return tree
}

function keyPath(key: string): string[] | undefined {
  const match = /^([^[\]]+)((?:\[[^[\]]*\])*)$/.exec(key)
  if (!match) return undefined
  return [match[1] ?? '', ...Array.from((match[2] ?? '').matchAll(/\[([^[\]]*)\]/g), (part) => part[1] ?? '')]
}

function put(tree: Query, path: string[], value: string): void {
  const [first = '', ...rest] = path
  const key = first === '' ? String(Object.keys(tree).length) : first
  if (rest.length === 0) {
    tree[key] = value
    return
  }
  const old = tree[key]
  const branch = typeof old === 'object' ? old : emptyQuery()
  tree[key] = branch
  put(branch, rest, value)
}

const emptyQuery = (): Query => Object.create(null) as Query

/** The branch under `key`, empty when there is none. */
export const branch = (query: Query | undefined, key: string): Query => {
  const value = query?.[key]
  return typeof value === 'object' ? value : {}
}

/** The text under `key`. */
export const leaf = (query: Query | undefined, key: string): string | undefined => {
  const value = query?.[key]
  return typeof value === 'string' ? value : undefined
}

/** `key=a`, `key[]=a&key[]=b`: a list; undefined when the key is absent. */
export function list(query: Query | undefined, key: string): string[] | undefined {
  const value = query?.[key]
  if (value === undefined) return undefined
  if (typeof value === 'string') return [value]
  return Object.values(value).filter((item) => typeof item === 'string')
}

/** Whether `value` is one of the list under `key`; true when the filter is absent. */
export const oneOf = (filter: Query, key: string, value: string | number | null): boolean =>
  list(filter, key)?.includes(String(value)) ?? true

/** Whether `value` is within `key[from]` and `key[to]`, both inclusive; true when the filter is absent. */
export function inRange(filter: Query, key: string, value: number | null): boolean {
  const range = filter[key]
  if (range === undefined) return true
  if (value === null) return false
  if (typeof range === 'string') return Number(range) === value
  const from = leaf(range, 'from')
  const to = leaf(range, 'to')
  return (from === undefined || value >= Number(from)) && (to === undefined || value <= Number(to))
}

/** The names in `with=a,b`. */
export const withOf = (query: Query): Set<string> =>
  new Set((leaf(query, 'with') ?? '').split(',').map((name) => name.trim()))

/** Sorted by the first `order[column]=asc|desc` of the allowed columns, else by id. */
export function ordered<Row extends Record<Column, number>, Column extends string>(
  rows: Row[],
  query: Query,
  columns: Column[],
): Row[] {
  const order = branch(query, 'order')
  const column = columns.find((name) => order[name] !== undefined) ?? columns[0]
  if (!column) return rows
  const sign = leaf(order, column) === 'desc' ? -1 : 1
  return rows.toSorted((a, b) => sign * (a[column] - b[column]))
}
