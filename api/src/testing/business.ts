import type { Business } from '../business.ts'

/** The rules that the tests run under: independent of what an integrator writes into config/business.yaml. */
export const exampleBusiness: Business = {
  company: {
    name: { ru: 'Маяк', en: 'Beacon' },
    seller: { ru: 'Ольга', en: 'Olga' },
    offer: { ru: 'Настраиваем продажи, сайт https://beacon.example/info', en: 'We set up sales' },
    disclosure: { ru: 'Я её цифровой ассистент.', en: 'I am her digital assistant.' },
  },
  bot: {
    privacy: { ru: 'Мы храним переписку.', en: 'We keep the chat.' },
    stopped: { ru: 'Больше не пишем.', en: 'No more messages.' },
    unknown: { ru: 'Откройте личную ссылку.', en: 'Please open your personal link.' },
  },
  language: 'ru',
  timeZone: 'Europe/Moscow',
  meeting: {
    title: { ru: 'Встреча: {lead}', en: 'Meeting: {lead}' },
    durationMin: 30,
    stepMin: 30,
    minNoticeMin: 120,
    horizonDays: 14,
    bufferBeforeMin: 0,
    bufferAfterMin: 10,
    offers: 3,
    holdMin: 10,
    meetLink: true,
    reminders: [{ beforeMin: 60 }],
    tellLeadOfCalendarChanges: true,
  },
  sellers: [
    {
      id: 'olga',
      name: { ru: 'Ольга', en: 'Olga' },
      calendar: 'default',
      timeZone: 'Europe/Moscow',
      workingHours: { mon: ['10:00-13:00', '14:00-19:00'], fri: ['10:00-13:00'] },
    },
    {
      id: 'pavel',
      name: { ru: 'Павел', en: 'Pavel' },
      calendar: 'pavel@beacon.example',
      timeZone: 'Asia/Yekaterinburg',
      workingHours: { mon: ['10:00-18:00'] },
    },
  ],
  conversation: { debounceSec: 6, debounceMaxSec: 30, historyMessages: 20 },
  telegram: {
    newDialogs: { perDay: 20, warmUpDays: 14, warmUpPerDay: 10, gapSec: [90, 300] },
    lookups: { perDay: 30, gapSec: 10 },
    answersPerMinute: 20,
    manner: { readSec: 0, charsPerSec: 1000, longestTypingSec: 1 },
    filesMaxMb: 1,
  },
  quietHours: null,
  followUps: [{ afterHours: 24 }],
  amocrm: {
    statuses: { contacted: ['В работе'], qualified: 'Qualified', booked: 77, lost: 143 },
    fields: { need: 'NEED', language: 'LANGUAGE', meetingAt: 'MEETING_AT', meetingLink: 'MEETING_LINK' },
    contactTelegramField: 'TELEGRAM',
  },
  knowledge: ['Стоимость настройки 1500 руб в месяц.', 'The first talk is free.'],
}
