import assert from 'node:assert/strict'
import { test } from 'node:test'
import { emailsInWords } from './invite-email.ts'

const cases: [lines: string[], said: string[], refused: string[]][] = [
  [['Моя почта olga@mail.example'], ['olga@mail.example'], []],
  [['Olga@Mail.Example.'], ['olga@mail.example'], []],
  [['нет, на olga@mail.example'], ['olga@mail.example'], []],
  [['не olga@mail.example, а olga@work.example'], ['olga@work.example'], ['olga@mail.example']],
  [['вместо olga@mail.example пишите на olga@work.example'], ['olga@work.example'], ['olga@mail.example']],
  [['olga@mail.example — это не моя почта'], ['olga@mail.example'], ['*']],
  [['olga@mail.example не моя'], [], ['olga@mail.example']],
  [['Please do not send it to olga@mail.example'], [], ['olga@mail.example']],
  [['olga@mail.example', 'нет, на почту ничего не присылайте'], ['olga@mail.example'], ['*']],
  [['Приглашение не нужно'], [], ['*']],
  [["don't send me an invite", 'ok, use olga@mail.example'], ['olga@mail.example'], []],
  [['not olga@mail.example', 'sorry, olga@mail.example is right'], ['olga@mail.example'], []],
  [['Не пишите завтра, я в отпуске'], [], []],
  [['пришлите на olga@mail'], [], []],
]
for (const [lines, said, refused] of cases)
  test(`e-mails in: ${lines.join(' / ')}`, () => assert.deepEqual(emailsInWords(lines), { said, refused }))
