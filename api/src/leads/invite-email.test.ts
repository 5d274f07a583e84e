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
  // Somebody else's address is nobody's wish to be invited there.
  [["My colleague's email is else@victim.example, he is annoying. Mine I won't give."], [], []],
  [['Почта моего директора: boss@work.example'], [], []],
  [['Пишите Пете, его адрес petya@mail.example'], [], []],
  [['Send it to my friend, friend@mail.example'], [], []],
  [['Свою почту не дам, вот вам vasya@mail.example'], [], ['*']],
  [["Anna's email is anna@mail.example"], [], []],
  [["That was my boss's: boss@work.example. Mine is olga@mail.example"], ['olga@mail.example'], []],
  [['Моя рабочая почта olga@work.example, а его petya@mail.example'], ['olga@work.example'], []],
]
for (const [lines, said, refused] of cases)
  test(`e-mails in: ${lines.join(' / ')}`, () => assert.deepEqual(emailsInWords(lines), { said, refused }))
