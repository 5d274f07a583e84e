import type { Language } from '../leads/lead.ts'
import type { MessengerFailure } from './messenger-error.ts'
import type { Wait } from './messenger.ts'

/** Why a lead cannot be written to in Telegram, for the human who gets the task. */
export const unreachableText: Partial<Record<MessengerFailure, Record<Language, string>>> = {
  'no-address': {
    ru: 'в карточке нет ни имени пользователя Telegram, ни телефона',
    en: 'the card has neither a Telegram username nor a phone',
  },
  'not-found': {
    ru: 'в Telegram нет никого с этим именем или телефоном, или человека нельзя найти по настройкам приватности',
    en: 'nobody in Telegram has this username or phone, or their privacy hides it',
  },
  privacy: {
    ru: 'настройки приватности не позволяют писать этому человеку первым',
    en: "this person's privacy settings do not allow a first message",
  },
  'premium-needed': {
    ru: 'этому человеку могут писать только контакты и аккаунты Premium',
    en: 'only contacts and Premium accounts may write to this person',
  },
  'paid-messages': {
    ru: 'сообщения этому человеку платные; ассистент не платит',
    en: 'messages to this person cost money; the assistant never pays',
  },
  blocked: { ru: 'человек заблокировал наш аккаунт', en: 'the person blocked our account' },
  deactivated: { ru: 'аккаунт человека удалён', en: "the person's account is deleted" },
  'not-a-person': {
    ru: 'это имя принадлежит боту, группе или каналу',
    en: 'this username belongs to a bot, a group or a channel',
  },
  'write-forbidden': { ru: 'в этот чат нельзя писать', en: 'this chat cannot be written to' },
  'window-closed': {
    ru: 'писать можно, только пока человек писал недавно',
    en: 'it is only allowed while the person has written lately',
  },
  unknown: {
    ru: 'неизвестно, дошло ли сообщение: проверьте чат, прежде чем писать ещё раз',
    en: 'it is not known whether the message arrived: look into the chat before writing again',
  },
  'bad-message': { ru: 'Telegram не принял текст сообщения', en: 'Telegram did not take the text' },
}

/** Why a message waits, for the card; only for what may take long. */
export const waitText: Partial<Record<Wait, Record<Language, string>>> = {
  pace: {
    ru: 'аккаунт пишет новым людям по очереди',
    en: 'the account writes to new people one after another',
  },
  'daily-cap': {
    ru: 'дневной предел новых диалогов аккаунта исчерпан',
    en: "the account's daily limit of new dialogs is reached",
  },
  limited: {
    ru: 'Telegram временно не разрешает аккаунту писать новым людям',
    en: 'Telegram does not let the account write to new people for now',
  },
  lookups: {
    ru: 'дневной предел поиска людей в Telegram исчерпан',
    en: 'the daily limit of looking people up in Telegram is reached',
  },
  'not-ready': { ru: 'аккаунт Telegram не в сети', en: 'the Telegram account is not online' },
}
