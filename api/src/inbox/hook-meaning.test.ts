import assert from 'node:assert/strict'
import { test } from 'node:test'
import { parseHook } from '../amocrm/parse-hook.ts'
import { hookMeaning } from './hook-meaning.ts'

const idsOf = (body: string) => hookMeaning(parseHook(body).items).announced

test('added leads, unsorted ones, and those out of the accepted unsorted ones; each once', () => {
  assert.deepEqual(idsOf('leads[add][0][id]=1&leads[add][1][id]=2'), [1, 2])
  assert.deepEqual(idsOf('unsorted[add][0][uid]=abc&unsorted[add][0][lead_id]=3'), [3])
  const accepted = 'unsorted[delete][0][action]=accept&unsorted[delete][0][accept_result][leads][0]=4'
  assert.deepEqual(idsOf(accepted), [4])
  assert.deepEqual(idsOf(`leads[add][0][id]=4&${accepted}`), [4])
})

test('what announces no new lead is passed over', () => {
  for (const body of [
    'leads[update][0][id]=1',
    'leads[delete][0][id]=1',
    'leads[status][0][id]=1',
    'contacts[add][0][id]=1',
    'task[add][0][id]=1',
    'unsorted[delete][0][action]=decline&unsorted[delete][0][accept_result][leads][0]=4',
    'unsorted[delete][0][action]=accept',
    'unsorted[delete][0][action]=accept&unsorted[delete][0][accept_result]=4',
  ]) {
    assert.deepEqual(idsOf(body), [], body)
  }
})

test('an id that is no positive whole number is passed over', () => {
  for (const id of ['', '0', '-5', 'abc', '1.5', '9007199254740993', 'NaN', 'Infinity']) {
    assert.deepEqual(idsOf(`leads[add][0][id]=${id}&leads[add][1][id]=8`), [8], id)
  }
  assert.deepEqual(idsOf('leads[add][0][id][nested]=5&leads[add][1][name]=x'), [])
})
