import { lang, texts } from './base.js'

export const t = texts({
  en: {
    title: 'amoCRM: deals',
    simulated: 'simulator',
    newLead: 'New lead',
    name: 'Name',
    phone: 'Phone',
    telegram: 'Telegram username',
    create: 'Create',
    cancel: 'Cancel',
    close: 'Close',
    stage: 'Stage',
    responsible: 'Responsible',
    price: 'Price',
    contacts: 'Contact',
    fields: 'Fields',
    notes: 'Notes',
    tasks: 'Tasks',
    none: 'Nothing yet',
    writeNote: 'Write a note',
    add: 'Add',
    robot: 'Robot',
    due: 'until',
    done: 'done',
    noLeads: 'No deals',
  },
  ru: {
    title: 'amoCRM: сделки',
    simulated: 'симулятор',
    newLead: 'Новый лид',
    name: 'Имя',
    phone: 'Телефон',
    telegram: 'Имя в Telegram',
    create: 'Создать',
    cancel: 'Отмена',
    close: 'Закрыть',
    stage: 'Этап',
    responsible: 'Ответственный',
    price: 'Бюджет',
    contacts: 'Контакт',
    fields: 'Поля',
    notes: 'Примечания',
    tasks: 'Задачи',
    none: 'Пока пусто',
    writeNote: 'Написать примечание',
    add: 'Добавить',
    robot: 'Робот',
    due: 'до',
    done: 'выполнена',
    noLeads: 'Нет сделок',
  },
})

/** Unix seconds as a date and time in an IANA zone. */
export const timeText = (seconds, timeZone) =>
  new Intl.DateTimeFormat(lang, { dateStyle: 'medium', timeStyle: 'short', timeZone }).format(seconds * 1000)

export const priceText = (price) => new Intl.NumberFormat(lang).format(price)

/** What a failed call has to say, without the JSON around it. */
export function reasonOf(error) {
  try {
    const { detail, title, errors = [] } = JSON.parse(error.message)
    return [detail ?? title, ...errors.map((one) => `${one.field}: ${one.detail}`)].join(' ')
  } catch {
    return error.message
  }
}
