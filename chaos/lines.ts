export type Language = 'ru' | 'en'

/** What people say, and what the human seller says from the phone (`human_here`). */
export const lines = {
  ru: {
    hello: ['Здравствуйте!', 'Добрый день!', 'Привет'],
    need: [
      'Менеджеры отвечают слишком долго, и мы теряем заявки',
      'Теряем заявки по вечерам, никто не успевает отвечать',
      'Нужно, чтобы заявки из рекламы не терялись, нас 12 человек',
    ],
    more: ['у нас 5 менеджеров', 'заявки приходят с сайта', 'и ещё из рекламы', 'CRM у нас amoCRM'],
    price: ['А сколько это стоит?', 'Сколько стоит внедрение?', 'Какая у вас цена?'],
    how: ['А как это работает?', 'Расскажите подробнее, как это устроено', 'Как долго настраивать?'],
    want_time: [
      'Давайте созвонимся, когда можно?',
      'Какое время свободно?',
      'Хочу встретиться, когда вам удобно?',
    ],
    pick: [
      ['Давайте первый вариант', 'Первый вариант подходит'],
      ['Давайте второй вариант', 'Второй вариант'],
      ['Третий вариант', 'Давайте третий вариант'],
    ],
    waver: ['Нет, подождите, давайте второй вариант', 'Лучше второй вариант'],
    wait: ['Хотя нет, подождите, сколько это стоит?', 'Ой, я не про это, как это работает?'],
    move: ['Давайте перенесём на другое время', 'Можно перенести встречу на другой день?'],
    cancel: ['Отмените встречу, пожалуйста', 'Встречу надо отменить'],
    not_interested: ['Неинтересно', 'Нам это не нужно, неинтересно', 'Нет, спасибо, уже выбрали других'],
    opt_out: ['не пишите мне больше', 'Стоп', 'Отстаньте', 'Перестаньте мне писать'],
    wants_human: ['Позовите живого человека', 'Хочу поговорить с менеджером, а не с ботом'],
    thanks: ['Спасибо, жду', 'Хорошо, спасибо'],
    human_here: [
      'Добрый день, это Анна лично, дальше отвечаю сама.',
      'Здравствуйте, подключилась сама, сейчас всё расскажу.',
    ],
  },
  en: {
    hello: ['Hello!', 'Hi there', 'Good afternoon'],
    need: [
      'Our managers answer too slowly and we lose leads',
      'We lose leads in the evening, nobody has time to answer',
      'We want no lead from ads to be lost, there are 12 of us',
    ],
    more: ['we have 5 managers', 'leads come from the website', 'and from ads as well', 'our CRM is amoCRM'],
    price: ['And how much does it cost?', 'How much is the setup?', 'What is the price?'],
    how: ['How does it work?', 'Tell me more about how it works', 'How long does the setup take?'],
    want_time: [
      'Let us have a call, when can we talk?',
      'What times do you have?',
      'When are you free for a call?',
    ],
    pick: [
      ['The first one works', 'The first one, please'],
      ['The second one works', 'The second one, please'],
      ['The third one works', 'The third one, please'],
    ],
    waver: ['No wait, the second one', 'The second one, please'],
    wait: ['Wait, how much does it cost?', 'Sorry, what I meant: how does it work?'],
    move: ['Can we reschedule to another time?', 'Can we move it to a different day?'],
    cancel: ['Please cancel the meeting', 'I have to cancel'],
    not_interested: [
      'Not interested',
      'No thanks, we are not interested',
      'We already have another tool, not interested',
    ],
    opt_out: ['stop', "Don't write to me again", 'Stop texting me', 'unsubscribe'],
    wants_human: ['I want to talk to a real person', 'Can I speak to a human, please?'],
    thanks: ['Thanks, waiting', 'Okay, thank you'],
    human_here: ['Hello, this is Anna herself, I will take it from here.', 'Hi, Anna here in person now.'],
  },
} satisfies Record<Language, Record<string, (string | string[])[]>>

export type LineName = Exclude<keyof (typeof lines)['ru'], 'pick'>

/** Whether these words are one of the lines of this name, in either language. */
export const isLine = (name: LineName, text: string): boolean =>
  lines.ru[name].includes(text) || lines.en[name].includes(text)
