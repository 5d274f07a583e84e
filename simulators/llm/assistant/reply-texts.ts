import type { Language } from '../brain/turn.ts'

/**
 * Pieces of the assistant's messages. {name}, {company}, {seller}, {offer}, {disclosure}, {notFree} are filled in; one variant of each
 * list is taken. [TIMES] and [MEETING] are left for the caller's code.
 */
export const replyTexts = {
  ru: {
    hello: ['Здравствуйте, {name}!', 'Добрый день, {name}!', '{name}, здравствуйте!', '{name}, добрый день!'],
    helloNameless: ['Здравствуйте!', 'Добрый день!'],
    whoAndWhy: [
      'Это компания {company}, вы оставили нам заявку, ваш контакт у нас: {seller}.',
      'Пишу по вашей заявке в {company}; с вами работает {seller}.',
      'Вы обратились в {company}, спасибо! Вашей заявкой занимается {seller}.',
    ],
    firstQuestion: [
      'Расскажите, пожалуйста, какую задачу хотите решить?',
      'Подскажите, что сейчас больше всего хочется улучшить?',
      'С чем в первую очередь нужна помощь?',
      'Что подтолкнуло вас оставить заявку?',
    ],
    needQuestion: [
      'Подскажите, какую задачу хотите решить в первую очередь?',
      'А как это устроено у вас сейчас?',
      'Что для вас здесь самое важное?',
      'Сколько человек у вас работает с заявками?',
    ],
    budgetQuestion: ['На какой бюджет вы рассчитываете?', 'Подскажите, какой бюджет закладываете?'],
    timelineQuestion: ['К какому сроку хотите это получить?', 'Когда хотите запуститься?'],
    authorityQuestion: ['Кто у вас принимает решение?', 'Подскажите, кто решает по этому вопросу?'],
    fromForm: ['Вижу, что вы написали в заявке: «{form}».'],
    meetingQuestion: [
      'Может, коротко созвонимся и разберём ваш случай?',
      'Хотите обсудить это на короткой встрече?',
      'Удобно ли вам будет коротко созвониться?',
    ],
    afterMeetingQuestion: ['Есть ещё вопросы до встречи?', 'Что ещё подготовить к встрече?'],
    thanks: [
      'Спасибо, понимаю задачу.',
      'Понятно, спасибо, что рассказали.',
      'Спасибо, с такой задачей к нам часто приходят.',
      'Ясно, это знакомая история.',
    ],
    greetBack: ['Здравствуйте! Рады, что ответили.', 'Добрый день! Спасибо, что написали.'],
    yourOffer: ['{offer}', 'Если коротко: {offer}'],
    fromKnowledge: ['{fact}', 'Отвечаю: {fact}', 'Хороший вопрос. {fact}'],
    unknown: [
      'Точно это расскажет {seller} на встрече.',
      'Здесь не хочу гадать: подробно ответит {seller} на встрече.',
    ],
    objection: [
      'Понимаю сомнения, это нормально.',
      'Понимаю, решение не должно быть поспешным.',
      'Спасибо за откровенность, это важный момент.',
    ],
    objectionQuestion: [
      'Что для вас здесь решающее?',
      'Подскажите, что смущает больше всего?',
      'Какой результат оправдал бы это для вас?',
    ],
    offerTimes: [
      'Предлагаю короткую встречу, вот свободное время:\n[TIMES]\nЧто удобнее?',
      'Давайте обсудим это голосом. Есть такие варианты:\n[TIMES]\nКакой подойдёт?',
      'Лучше всего разобрать это на короткой встрече. Можно так:\n[TIMES]\nКакое время выбрать?',
    ],
    wishTaken: [
      '{notFree} Ближайшие свободные варианты:\n[TIMES]\nЧто подойдёт?',
      '{notFree} Могу предложить:\n[TIMES]\nПодойдёт что-нибудь?',
    ],
    wishTakenNoTimes: ['{notFree} Какой ещё день вам удобен?'],
    wishUnclear: [
      'Уточните, пожалуйста, какой день и час вы имеете в виду? Для ориентира есть такое время:\n[TIMES]',
      'Не совсем ясно, какое время удобно. Подскажите день и час, или выберите отсюда:\n[TIMES]',
    ],
    wishUnclearNoTimes: [
      'Уточните, пожалуйста, какой день и час вам удобны?',
      'Подскажите, какой день и какое время вы имеете в виду?',
    ],
    askDay: [
      'С удовольствием. Какой день и какое время вам удобны?',
      'Отлично, давайте встретимся. Когда вам удобно?',
    ],
    booked: [
      'Договорились, вы записаны: [MEETING]. До встречи!',
      'Отлично, бронирую: [MEETING]. Будем на связи!',
      'Принято: [MEETING]. Спасибо, до встречи!',
    ],
    moved: [
      'Без проблем, переношу: [MEETING]. До встречи!',
      'Готово, новое время: [MEETING]. Спасибо, что предупредили!',
    ],
    moveTimes: [
      'Конечно, перенесём. Вот что свободно:\n[TIMES]\nЧто удобнее?',
      'Без проблем, подберём другое время:\n[TIMES]\nКакое подойдёт?',
    ],
    moveAskDay: ['Конечно, перенесём. Какой день и час вам удобнее?'],
    cancelled: [
      'Хорошо, отменяю встречу. Подобрать другое время?',
      'Понятно, встречу отменяю. Может, вам удобнее в другой раз?',
    ],
    handoff: [
      'Конечно, передаю разговор коллеге, вам скоро напишут.',
      'Хорошо, подключаю коллегу: скоро вам ответит человек.',
    ],
    close: [
      'Понятно, спасибо за ответ. Если станет актуально, просто напишите.',
      'Спасибо, что ответили. Если планы изменятся, будем рады помочь.',
    ],
    snooze: ['Хорошо, напишу тогда. Хорошего дня!', 'Договорились, вернусь к вам в это время.'],
    silence: [
      'Хорошо, больше не пишу. Если понадобимся, просто напишите.',
      'Понятно, не беспокою. Всего доброго!',
    ],
    followUp: [
      '{name}, возвращаюсь к вашей заявке: {offer} Ещё актуально?',
      '{name}, на всякий случай напомню о себе. {fact} Подсказать что-нибудь?',
      '{name}, остались ли вопросы? {fact}',
    ],
    reminder: [
      '{name}, напоминаю о встрече: [MEETING]. {seller} будет ждать. Всё в силе?',
      '{name}, наша встреча: [MEETING], ждёт вас {seller}. Получится подключиться?',
    ],
    noShowTimes: [
      '{name}, похоже, встретиться не получилось, ничего страшного. Можно выбрать другое время:\n[TIMES]',
      '{name}, кажется, мы разминулись, бывает. Давайте перенесём:\n[TIMES]\nЧто подойдёт?',
    ],
    noShow: ['{name}, похоже, встретиться не получилось, ничего страшного. Когда вам было бы удобнее?'],
  },
  en: {
    hello: ['Hello {name}!', 'Hi {name}!', 'Good day, {name}!'],
    helloNameless: ['Hello!', 'Hi there!'],
    whoAndWhy: [
      'This is {company}: you left us a request, and {seller} is your contact here.',
      'I am writing about your request to {company}; {seller} is looking after it.',
      'Thank you for contacting {company}. {seller} is taking care of your request.',
    ],
    firstQuestion: [
      'What would you like to solve?',
      'What would you like to improve first?',
      'What made you get in touch?',
      'Where do you need help most?',
    ],
    needQuestion: [
      'What would you like to solve first?',
      'How do you handle this now?',
      'What matters most to you here?',
      'How many people work with leads on your side?',
    ],
    budgetQuestion: ['What budget do you have in mind?', 'Which budget are you planning with?'],
    timelineQuestion: ['By when do you need it?', 'When would you like to start?'],
    authorityQuestion: ['Who makes the decision on your side?', 'Who decides about this?'],
    fromForm: ['I see what you wrote in your request: "{form}".'],
    meetingQuestion: [
      'Shall we have a short call and look at your case?',
      'Would you like to discuss it in a short meeting?',
      'Would a short call be convenient?',
    ],
    afterMeetingQuestion: ['Anything else before we meet?', 'Is there something to prepare for the meeting?'],
    thanks: [
      'Thanks, I see what you need.',
      'Got it, thank you for sharing.',
      'Thank you, many teams come to us with this.',
      'I see, that sounds familiar.',
    ],
    greetBack: ['Hello! Good to hear from you.', 'Hi! Thanks for writing back.'],
    yourOffer: ['{offer}', 'In short: {offer}'],
    fromKnowledge: ['{fact}', 'Here is what I know: {fact}', 'Good question. {fact}'],
    unknown: [
      '{seller} will answer that precisely at the meeting.',
      'I would rather not guess: {seller} will tell you at the meeting.',
    ],
    objection: [
      'I understand, that is a fair doubt.',
      'Fair enough, this should not be a rushed decision.',
      'Thank you for being open about it.',
    ],
    objectionQuestion: [
      'What matters most for your decision?',
      'What worries you the most?',
      'What result would make it worth it for you?',
    ],
    offerTimes: [
      'A short meeting is the best next step. These times are free:\n[TIMES]\nWhich one suits you?',
      'Let us talk it through. Here are a few options:\n[TIMES]\nWhich works for you?',
      'Shall we look at it together? I can offer:\n[TIMES]\nWhat is convenient?',
    ],
    wishTaken: [
      '{notFree} The nearest free ones:\n[TIMES]\nWould one of them work?',
      '{notFree} I can offer:\n[TIMES]\nDoes any of these suit you?',
    ],
    wishTakenNoTimes: ['{notFree} Which other day would suit you?'],
    wishUnclear: [
      'Which day and hour do you mean? To help, these are free:\n[TIMES]',
      'I am not sure which time you mean. Tell me the day and hour, or pick one:\n[TIMES]',
    ],
    wishUnclearNoTimes: [
      'Which day and hour do you mean?',
      'Could you tell me the day and the hour that suit you?',
    ],
    askDay: ['With pleasure. Which day and time suit you?', 'Great, let us meet. When is it convenient?'],
    booked: [
      'Great, you are booked: [MEETING]. See you!',
      'Done: [MEETING]. Looking forward to it!',
      'Perfect, it is set: [MEETING]. Thank you!',
    ],
    moved: [
      'No problem, moved: [MEETING]. See you!',
      'Done, the new time is [MEETING]. Thanks for telling me!',
    ],
    moveTimes: [
      'Of course, let us move it. These are free:\n[TIMES]\nWhich suits you?',
      'No problem, here is another choice:\n[TIMES]\nWhat works?',
    ],
    moveAskDay: ['Of course, let us move it. Which day and hour suit you better?'],
    cancelled: [
      'All right, I am cancelling the meeting. Would another time suit you?',
      'Understood, cancelled. Shall we look for another time?',
    ],
    handoff: [
      'Of course, I am passing this to a colleague who will write to you soon.',
      'Sure, a colleague will join and answer you shortly.',
    ],
    close: [
      'Understood, thank you for the answer. If things change, just write.',
      'Thank you for letting me know. We are here if you need us later.',
    ],
    snooze: ['Sure, I will write then. Have a good day!', 'Agreed, I will get back to you at that time.'],
    silence: [
      'All right, I will not write again. If you need us, just send a line.',
      'Understood, no more messages. All the best!',
    ],
    followUp: [
      '{name}, getting back to your request: {offer} Is it still relevant?',
      '{name}, just a short nudge. {fact} Can I help with anything?',
      '{name}, any questions left? {fact}',
    ],
    reminder: [
      '{name}, a reminder of our meeting: [MEETING]. {seller} is looking forward to it. Are we still on?',
      '{name}, our meeting is coming up: [MEETING], {seller} will be there. Can you make it?',
    ],
    noShowTimes: [
      '{name}, it seems we missed each other, no problem. Here are other times:\n[TIMES]',
      '{name}, we missed you, it happens. Let us try again:\n[TIMES]\nWhich one works?',
    ],
    noShow: ['{name}, it seems we missed each other, no problem. When would suit you better?'],
  },
} satisfies Record<Language, Record<string, string[]>>

/** The CRM line by what was done; {what} is the lead's own words, shortened. */
export const noteTexts = {
  ru: {
    first_touch: 'Первое сообщение: представились и спросили о задаче.',
    follow_up: 'Напомнили о себе.',
    reminder: 'Напомнили о встрече.',
    no_show: 'Встреча не состоялась, предложили выбрать другое время.',
    talk: 'Клиент написал: «{what}». Ответили и задали вопрос.',
    offer_times: 'Клиент написал: «{what}». Предложили время встречи.',
    book: 'Клиент выбрал время, встреча назначается.',
    move: 'Клиент выбрал новое время, встреча переносится.',
    cancel: 'Клиент попросил отменить встречу.',
    handoff: 'Нужен человек: «{what}».',
    close: 'Клиент отказался: «{what}».',
  },
  en: {
    first_touch: 'First message: introduced ourselves and asked about the need.',
    follow_up: 'Sent a friendly nudge.',
    reminder: 'Reminded of the meeting.',
    no_show: 'The meeting did not happen, offered another time.',
    talk: 'Lead: "{what}". Answered and asked a question.',
    offer_times: 'Lead: "{what}". Offered meeting times.',
    book: 'The lead picked a time, the meeting is being booked.',
    move: 'The lead picked a new time, the meeting is being moved.',
    cancel: 'The lead asked to cancel the meeting.',
    handoff: 'A person is needed: "{what}".',
    close: 'The lead said no: "{what}".',
  },
} satisfies Record<Language, Record<string, string>>
