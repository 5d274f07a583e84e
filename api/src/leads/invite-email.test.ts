import assert from 'node:assert/strict'
import { test } from 'node:test'
import { emailsInWords, emailToConfirm, onlyHandsOver } from './invite-email.ts'

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

const none = {
  email: null,
  said_email: null,
  refused_emails: [] as string[],
  confirmed_email: null,
  declined_emails: [] as string[],
  asked_email: null,
  asked_email_turn_id: null,
}
const a = 'a@mail.example'
const asked: [name: string, columns: Partial<Parameters<typeof emailToConfirm>[0]>, wanted: string | null][] =
  [
    ['nothing was named', {}, null],
    ['an address that nobody vouches for', { said_email: a }, a],
    ['it stands on the card', { said_email: a, email: 'A@Mail.example' }, null],
    ['another stands on the card', { said_email: a, email: 'b@mail.example' }, a],
    ['it was confirmed', { said_email: a, confirmed_email: a }, null],
    ['it was refused', { said_email: a, refused_emails: [a] }, null],
    ['no mail is wanted at all', { said_email: a, refused_emails: ['*'] }, null],
    ['it was declined', { said_email: a, declined_emails: [a] }, null],
    ['another was declined', { said_email: a, declined_emails: ['b@mail.example'] }, a],
    [
      'three were declined',
      { said_email: a, declined_emails: ['b@x.example', 'c@x.example', 'd@x.example'] },
      null,
    ],
    ['another question waits', { said_email: a, asked_email: 'b@x.example', asked_email_turn_id: 6 }, null],
    ['this very turn asks', { said_email: a, asked_email: a, asked_email_turn_id: 7 }, a],
  ]
for (const [name, columns, wanted] of asked)
  test(`asked where the invitation goes: ${name}`, () =>
    assert.equal(emailToConfirm({ ...none, ...columns }, 7), wanted))

const handsOver: [text: string, only: boolean][] = [
  ['olga@mail.example', true],
  ['Моя почта olga@mail.example', true],
  ['вот рабочий имейл: olga@mail.example, приглашение на него, пожалуйста', true],
  ['My work email is olga@mail.example, please send the invite there', true],
  ['Да, olga@mail.example', true],
  ["here's my email olga@mail.example", true],
  ['ой, опечатка, olga@mail.example', true],
  ['olga@mail.example, сколько это стоит?', false],
  ['olga@mail.example. Хочу встретиться завтра', false],
  ['запишите меня на вторник, olga@mail.example', false],
]
for (const [text, only] of handsOver)
  test(`${only ? 'only an address' : 'more than an address'}: ${text}`, () =>
    assert.equal(onlyHandsOver(text), only))
