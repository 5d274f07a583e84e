import fc from 'fast-check'

/** What strangers, broken programs and attackers send: the material of the property tests of all borders. */
export const hostileText: fc.Arbitrary<string> = fc.oneof(
  fc.constantFrom(
    '\0',
    'a\0b',
    '\ud800',
    'x\udc00y',
    '\udbff\udbff',
    '\u202Eevil\u2066',
    '\u200B\u200D\u2060\uFEFF',
    '\uFFFE\uFFFF',
    'e\u0301и\u0306',
    '\x1b[31m\r\n\t\x7f\x80',
    '%00%ud800%',
    `'; drop table leads; --`,
    '$&$1$$',
    '{name}{id}',
    '../../etc/passwd',
    'constructor',
    '__proto__',
    'prototype',
    'toString',
    'hasOwnProperty',
    'NaN',
    'null',
    '[object Object]',
    '9999-99-99T99:99:99Z',
    '0000-01-01T00:00:00Z',
    '2030-01-01T00:00:00+99:99',
    '9'.repeat(400),
    '-1',
    '1e309',
    '𝕳'.repeat(3000),
    '\0'.repeat(3000),
    ' ',
    '',
  ),
  fc
    .array(fc.integer({ min: 0, max: 0xffff }), { maxLength: 12 })
    .map((units) => String.fromCharCode(...units)),
  fc
    .integer({ min: 100, max: 20_000 })
    .map((length) => String.fromCharCode(0x21 + (length % 90)).repeat(length)),
  fc.uuid(),
)

/** JSON.stringify cannot say it, a sender can. */
const tooLarge = '@@1e309@@'

const hostileNumber = fc.constantFrom<number | string>(
  0,
  -0,
  -1,
  1.5,
  5e-324,
  1e21,
  1e308,
  2 ** 31,
  2 ** 53,
  -(2 ** 63),
  tooLarge,
)

const nested = (depth: number): unknown => {
  let value: unknown = 'deep'
  for (let level = 0; level < depth; level++) value = level % 2 ? [value] : { in: value }
  return value
}
const manyKeys = Object.fromEntries(Array.from({ length: 10_000 }, (_, index) => [`key\0${index}`, index]))

export const hostileValue: fc.Arbitrary<unknown> = fc.oneof(
  { weight: 30, arbitrary: hostileText },
  { weight: 15, arbitrary: hostileNumber },
  {
    weight: 10,
    arbitrary: fc.constantFrom(null, true, false, {}, [], [[]], [null], nested(40), nested(900)),
  },
  { weight: 1, arbitrary: fc.constant(manyKeys) },
  {
    weight: 15,
    arbitrary: fc
      .array(fc.tuple(hostileText, fc.oneof(hostileText, hostileNumber)), { maxLength: 5 })
      .map((entries) => Object.fromEntries(entries)),
  },
  { weight: 5, arbitrary: fc.array(hostileText, { maxLength: 40 }) },
)

/** A good value with some of its parts, deep inside too, replaced by hostile ones, keys added, or parts missing. */
export const spoiled = (good: unknown): fc.Arbitrary<unknown> =>
  fc
    .array(
      fc.tuple(
        fc.nat(1000),
        hostileValue,
        fc.constantFrom('replace', 'replace', 'add', 'remove'),
        hostileText,
      ),
      {
        minLength: 1,
        maxLength: 3,
      },
    )
    .map((changes) => {
      let value: unknown = structuredClone(good)
      for (const [place, bad, how, key] of changes) {
        const places = placesOf(value)
        const path = places[place % places.length]!
        value = changeAt(value, path, bad, how, key)
      }
      return value
    })

type Path = (string | number)[]

function placesOf(value: unknown, path: Path = []): Path[] {
  if (path.length > 12 || typeof value !== 'object' || value === null) return [path]
  const keys = Array.isArray(value) ? [...value.keys()].slice(0, 20) : Object.keys(value).slice(0, 40)
  const inside: Record<string | number, unknown> = { ...value }
  return [path, ...keys.flatMap((key) => placesOf(inside[key], [...path, key]))]
}

function changeAt(value: unknown, path: Path, bad: unknown, how: string, key: string): unknown {
  const [first, ...rest] = path
  if (first === undefined) {
    if (how !== 'add' || typeof value !== 'object' || value === null) return bad
    return Array.isArray(value) ? [...value, bad] : Object.fromEntries([...Object.entries(value), [key, bad]])
  }
  if (Array.isArray(value))
    return value.map((item, at) => (at === first ? changeAt(item, rest, bad, how, key) : item))
  if (typeof value !== 'object' || value === null) return bad
  const entries = Object.entries(value).flatMap(([name, item]) => {
    if (name !== first) return [[name, item] as const]
    if (rest.length === 0 && how === 'remove') return []
    return [[name, changeAt(item, rest, bad, how, key)] as const]
  })
  return Object.fromEntries(entries)
}

/** As it would come over the wire; `__proto__` as a key and numbers beyond all bounds included. */
export const onTheWire = (value: unknown): string =>
  (JSON.stringify(value) ?? 'undefined').replaceAll(`"${tooLarge}"`, '1e309')

/** A body that is no JSON of ours at all, with what it says that it is. */
export const brokenBody: fc.Arbitrary<{ body: string; type: string }> = fc.record({
  body: fc.oneof(
    hostileText,
    fc.constantFrom(
      '',
      '{',
      '[]',
      'null',
      '"text"',
      '{"a":1}}',
      '[1,',
      '{"__proto__":{"polluted":true}}',
      '{"constructor":{"prototype":{"polluted":true}}}',
      '['.repeat(60_000),
      '{"a":'.repeat(20_000),
      '{"a":"\\ud800"}',
      '\u0000{"a":1}',
      '\uFEFF{"a":1}',
      'a=1&b[c]=2&b[c][d]=3',
      'leads[add][0][id]=%00&leads[add][0][name]=%ED%A0%80',
      'leads[add][][id]=1e309',
      'leads[constructor][0][id]=1',
      '<?xml version="1.0"?><a/>',
    ),
  ),
  type: fc.constantFrom(
    'application/json',
    'application/json; charset=utf-16',
    'application/x-www-form-urlencoded',
    'text/plain',
    'multipart/form-data; boundary=x',
    'application/octet-stream',
    'not a type',
    '',
  ),
})
