import assert from 'node:assert/strict'
import { test } from 'node:test'
import { pickKnowledge } from './pick-knowledge.ts'

const filler = (index: number) => `Абзац ${index}. ${'Прочее '.repeat(120)}`

test('while they are few all paragraphs come, in their own order', () => {
  assert.equal(
    pickKnowledge(['First talk.', 'Price list.', 'Third.'], 'what is the price'),
    'First talk.\nPrice list.\nThird.',
  )
  assert.equal(pickKnowledge([], 'anything'), '')
})

test('when there are too many, those that share words with what was said come first', () => {
  const price = `Стоимость настройки зависит от числа воронок. ${'Подробно. '.repeat(60)}`
  const paragraphs = [filler(1), filler(2), filler(3), filler(4), price, filler(5)]
  const picked = pickKnowledge(paragraphs, 'А какова стоимость?')
  assert.ok(picked.includes(price))
  assert.ok(picked.length <= 3000 + 5)
  assert.ok(picked.startsWith(filler(1)), 'the order of the file is kept')
})

test('the cases of a Russian word are one word, whatever the letters are', () => {
  const wanted = `Настройка воронки. ${'Текст. '.repeat(100)}`
  const paragraphs = [filler(1), filler(2), filler(3), filler(4), wanted]
  for (const said of ['НАСТРОЙКУ хочу', 'о настройке', 'настройками'])
    assert.ok(pickKnowledge(paragraphs, said).includes(wanted), said)
  assert.ok(!pickKnowledge(paragraphs, 'нас').includes(wanted))
})

test('a paragraph that is too long alone is left out, the others are not', () => {
  assert.equal(pickKnowledge(['a'.repeat(4000), 'Short one.'], ''), 'Short one.')
})
