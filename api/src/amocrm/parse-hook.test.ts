import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { parseHook } from './parse-hook.ts'

/** A plain copy, to compare with literals: the parser's objects have no prototype. */
const plain = (value: unknown): unknown => JSON.parse(JSON.stringify(value))
const items = (body: string) => plain(parseHook(body).items)

const leadAdded =
  'account[subdomain]=beacon&account[id]=4242&account[_links][self]=https://beacon.amocrm.ru' +
  '&leads[add][0][id]=501&leads[add][0][name]=%D0%97%D0%B0%D1%8F%D0%B2%D0%BA%D0%B0+%E2%84%961&leads[add][0][price]=0' +
  '&leads[add][0][custom_fields][0][id]=801&leads[add][0][custom_fields][0][values][0][value]=Kazan' +
  '&leads[add][0][custom_fields][1][id]=802&leads[add][0][custom_fields][1][values][0]=1790010000' +
  '&leads[add][0][custom_fields][2][values][value]=2&leads[add][0][custom_fields][2][values][enum]=5502' +
  '&leads[add][0][tags][0][id]=11&leads[add][0][tags][0][name]='

test('a new lead: account, names in UTF-8, lists, bare scalars and objects in custom fields; every leaf a text', () => {
  const hook = parseHook(leadAdded)
  assert.equal(hook.accountId, '4242')
  assert.deepEqual(plain(hook.items), [
    {
      entity: 'leads',
      action: 'add',
      fields: {
        id: '501',
        name: 'Заявка №1',
        price: '0',
        custom_fields: {
          0: { id: '801', values: { 0: { value: 'Kazan' } } },
          1: { id: '802', values: { 0: '1790010000' } },
          2: { values: { value: '2', enum: '5502' } },
        },
        tags: { 0: { id: '11', name: '' } },
      },
    },
  ])
})

test('percent-encoded brackets, and the account block at the end or absent', () => {
  const encoded = 'leads%5Badd%5D%5B0%5D%5Bid%5D=7&account%5Bsubdomain%5D=old'
  assert.deepEqual(plain(parseHook(encoded)), {
    accountId: null,
    items: [{ entity: 'leads', action: 'add', fields: { id: '7' } }],
  })
  assert.equal(parseHook('leads[add][0][id]=7').accountId, null)
  assert.equal(parseHook('account=strange&leads[add][0][id]=7').accountId, null)
})

test('several items, actions and entities in one body', () => {
  const body =
    'leads[add][0][id]=1&leads[add][1][id]=2&leads[status][0][id]=3&leads[status][0][old_status_id]=9' +
    '&contacts[update][0][id]=4&contacts[update][0][type]=company&task[add][0][id]=5'
  assert.deepEqual(items(body), [
    { entity: 'leads', action: 'add', fields: { id: '1' } },
    { entity: 'leads', action: 'add', fields: { id: '2' } },
    { entity: 'leads', action: 'status', fields: { id: '3', old_status_id: '9' } },
    { entity: 'contacts', action: 'update', fields: { id: '4', type: 'company' } },
    { entity: 'task', action: 'add', fields: { id: '5' } },
  ])
})

test('notes are nested twice; the odd linked_leads_id map; a deleted lead has little more than its id', () => {
  assert.deepEqual(items('leads[note][0][note][text]=Hi&leads[note][0][note][note_type]=4'), [
    { entity: 'leads', action: 'note', fields: { note: { text: 'Hi', note_type: '4' } } },
  ])
  assert.deepEqual(items('contacts[add][0][id]=3&contacts[add][0][linked_leads_id][501][ID]=501'), [
    { entity: 'contacts', action: 'add', fields: { id: '3', linked_leads_id: { 501: { ID: '501' } } } },
  ])
  assert.deepEqual(items('leads[delete][0][id]=9&leads[delete][0][status_id]=143'), [
    { entity: 'leads', action: 'delete', fields: { id: '9', status_id: '143' } },
  ])
})

test('a key that is a text and a parent keeps both, whichever comes first', () => {
  const text = 'contacts[note][0][note][type]=3'
  const parent = 'contacts[note][0][note][type][message_uuid]=abc'
  const both = [
    { entity: 'contacts', action: 'note', fields: { note: { type: { '': '3', message_uuid: 'abc' } } } },
  ]
  assert.deepEqual(items(`${text}&${parent}`), both)
  assert.deepEqual(items(`${parent}&${text}`), both)
})

test('items that are no objects are passed over, and a body without any item is refused', () => {
  assert.deepEqual(items('leads[add][0]=text&leads[add][1][id]=2'), [
    { entity: 'leads', action: 'add', fields: { id: '2' } },
  ])
  for (const body of ['', '&&', 'account[id]=1', 'leads=1', 'leads[add]=1', 'leads[add][0]=1', 'hello']) {
    assert.throws(() => parseHook(body), /No entity with items/, body)
  }
})

for (const key of [
  'leads[add',
  'leads]add[',
  '[leads]',
  'leads[add]x[id]',
  'leads[[add]]',
  '=',
  '{"leads":[]}',
]) {
  test(`the key ${key} is refused and named`, () => {
    assert.throws(() => parseHook(`${key}=1`), /is not of the form/)
  })
}

for (const name of ['__proto__', 'constructor', 'prototype']) {
  for (const key of [
    `${name}[add][0][id]`,
    `leads[${name}][0][id]`,
    `leads[add][0][${name}]`,
    `leads[add][0][${name}][polluted]`,
  ]) {
    test(`the hostile key ${key} is refused and pollutes nothing`, () => {
      assert.throws(() => parseHook(`leads[add][0][id]=1&${key}=1`), /forbidden key/)
      assert.equal(Object.hasOwn(Object.prototype, 'polluted'), false)
    })
  }
}

test('names of Object.prototype are ordinary names', () => {
  assert.deepEqual(items('leads[add][0][toString]=1&leads[add][0][hasOwnProperty][x]=2'), [
    { entity: 'leads', action: 'add', fields: { toString: '1', hasOwnProperty: { x: '2' } } },
  ])
})

test('depth and number of fields have limits', () => {
  const deep = (levels: number) => `leads[add][0]${'[x]'.repeat(levels - 3)}=1`
  assert.equal(parseHook(deep(12)).items.length, 1)
  assert.throws(() => parseHook(deep(13)), /nested too deep/)
  const wide = (fields: number) =>
    Array.from({ length: fields }, (_, index) => `leads[add][0][f${index}]=1`).join('&')
  assert.equal(parseHook(wide(5000)).items.length, 1)
})

test('a body of more fields than we keep is read for its ids', () => {
  const many = Array.from(
    { length: 700 },
    (_, index) =>
      `leads[update][${index}][id]=${index + 1}&leads[update][${index}][name]=N&leads[update][${index}][pipeline_id]=3&` +
      Array.from(
        { length: 8 },
        (_one, field) => `leads[update][${index}][custom_fields][${field}][id]=${field}`,
      ).join('&'),
  ).join('&')
  const { accountId, items: found } = parseHook(
    `${many}&leads[note][0][note][id]=9&leads[note][0][note][element_id]=8&leads[note][0][note][note_type]=4&unsorted[add][0][lead_id]=5&account[id]=77`,
  )
  assert.equal(accountId, '77')
  assert.equal(found.length, 702)
  assert.deepEqual({ ...found[699]!.fields }, { id: '700', pipeline_id: '3' })
  assert.deepEqual(JSON.parse(JSON.stringify(found[700]!.fields)), {
    note: { id: '9', element_id: '8', note_type: '4' },
  })
  assert.deepEqual({ ...found[701]!.fields }, { lead_id: '5' })
  const nothing = Array.from({ length: 5001 }, (_, index) => `leads[add][0][f${index}]=1`).join('&')
  assert.throws(() => parseHook(nothing), /No entity with items/)
})

test('whatever the body is: items, or an Error with a message; never a polluted prototype', () => {
  const part = fc.oneof(
    fc.constantFrom(
      'leads',
      'add',
      '0',
      'id',
      '',
      '__proto__',
      'constructor',
      'toString',
      '[',
      ']',
      'ключ',
      '%',
      '%5B',
    ),
    fc.string({ maxLength: 6, unit: 'binary' }),
  )
  const pair = fc
    .tuple(part, fc.array(part, { maxLength: 14 }), fc.string({ maxLength: 8 }))
    .map(([root, path, value]) => `${root}${path.map((name) => `[${name}]`).join('')}=${value}`)
  const body = fc.oneof(
    fc.string({ maxLength: 200, unit: 'binary' }),
    fc.array(pair, { maxLength: 8 }).map((pairs) => pairs.join('&')),
  )
  const before = Object.getOwnPropertyNames(Object.prototype)
  let read = 0
  fc.assert(
    fc.property(body, (text) => {
      try {
        const hook = parseHook(text)
        assert.ok(hook.items.length > 0)
        read += 1
      } catch (error) {
        assert.ok(error instanceof Error && error.constructor === Error, String(error))
        assert.ok(error.message.length > 0)
      }
      assert.deepEqual(Object.getOwnPropertyNames(Object.prototype), before)
    }),
    { numRuns: 1000 },
  )
  assert.ok(read > 0, 'none of the bodies was a hook: the generator is too wild')
})
