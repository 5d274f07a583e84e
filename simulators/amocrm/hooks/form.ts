/**
 * Encodes a tree as PHP does: bracket keys with percent-encoded brackets, `+` for spaces, every leaf a string, true and
 * false as 1 and 0. Null, undefined and empty branches are left out.
 */
export function encodeForm(tree: Record<string, unknown>): string {
  return Object.entries(tree)
    .flatMap(([key, value]) => pairs(key, value))
    .map(([key, value]) => `${encode(key)}=${encode(value)}`)
    .join('&')
}

function pairs(key: string, value: unknown): [string, string][] {
  if (value === null || value === undefined) return []
  if (typeof value === 'object')
    return Object.entries(value).flatMap(([name, child]) => pairs(`${key}[${name}]`, child))
  if (typeof value === 'boolean') return [[key, value ? '1' : '0']]
  return [[key, String(value)]]
}

const encode = (text: string) =>
  encodeURIComponent(text.toWellFormed())
    .replaceAll(/[!'()*~]/g, (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`)
    .replaceAll('%20', '+')
