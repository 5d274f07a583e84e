/** What an alert is about. */
type About = { subject: string; count: number }

/** What is used up, and the limit. */
type Used = { spent: string; most: string }

/**
 * Every sentence that code says, by who reads it. The keys of this file are those of all languages: the compiler asks for them.
 * What is written into a sentence is its parameter. `[TIMES]` and `[MEETING]` are filled in when the reply is rendered.
 */
export const en = {
  /** By which `Intl` writes dates. */
  locale: 'en-GB',

  /** Said to the lead in Telegram. */
  lead: {
    /** What is said when the lead picked a time by a sign or a number. */
    picked: {
      book: 'Great, you are booked: [MEETING]. See you then!',
      move: 'Sure, the new time is [MEETING]. See you then!',
      which: 'Which one shall I take: [TIMES]?',
      confirm: 'Do I understand right: [TIMES]?',
      gone: 'Unfortunately that time has just been taken. I can offer instead:\n[TIMES]\nWhich one suits you?',
      goneNoTimes: 'Unfortunately that time has just been taken. Which other day and hour would suit you?',
    },
    /** Times in one line, to choose one of them. */
    oneOf: (times: { first: string; last: string }) => `${times.first} or ${times.last}`,
    firstTouch: (our: { seller: string; company: string; disclosure: string }) =>
      `Hello! I am writing about your request to ${our.company}; ${our.seller} is looking after it. ${our.disclosure} What would you like to solve?`,
    /** Before the disclosure, when the lead began. */
    whoWrites: (our: { company: string; seller: string }) => `This is ${our.company}, for ${our.seller}.`,
    offerTimes: 'Let us find a time for a short meeting:\n[TIMES]\nWhich one suits you?',
    handedOver: 'Thank you! I am passing your question to a colleague, who will answer soon.',
    /** What is answered to a question about ourselves. Fixed words: a model repeats them as they stand. */
    truth: {
      assistant: (company: string) =>
        `This is a digital assistant of ${company}, a program. If you would like a person, just say so.`,
      /** `from`: what the card says of its origin. */
      source: (our: { company: string; from: string | null }) =>
        our.from
          ? `Your contact is in the request that came to ${our.company} from "${our.from}".`
          : `Your contact is in the request that came to ${our.company}; a colleague can look up where it was made.`,
    },
    /** The one question about a fact that is missing, when the model's words may not be said. */
    askFor: {
      need: 'What would you like to solve first?',
      budget: 'What budget do you have in mind?',
      timeline: 'By when do you need the result?',
      authority: 'Who makes the decision on your side?',
      email: 'Which e-mail address may I use for the invitation?',
    },
    heardYou: 'Thank you, noted.',
    complained:
      'I am sorry that it went this way. I am passing this to a colleague right away, who will look into it and write to you.',
    wrongPerson:
      'Sorry, it seems we have the wrong contact. I am passing this to a colleague and will not write any more.',
    handedOverByScore: 'Thank you, I see what you need. A colleague will join and write to you shortly.',
    closedByScore:
      'Thank you for telling me. It seems we cannot help with this now; if things change, just write.',
    askWhetherToStop:
      'Do I understand right that I should stop writing to you? Just answer "yes" and you will not hear from me again.',
    askWhereToInvite: (address: string) => `Send the invitation to ${address}?`,
    invites: (address: string) => `Great, I am sending the invitation to ${address}.`,
    erased:
      'Done: no more messages, and everything that this system kept of you is deleted: the chat, your name, phone and request, files. We keep only an anonymous mark by which we know not to write to you. What our manager has in the CRM and in the calendar is theirs to delete; they have been told. To come back, write to our manager.',
    erasureWanted:
      'All right, no more messages. Your wish to have your data deleted went to our manager, who will see to it: nothing is deleted yet.',
    heardUnsure: (words: string) =>
      `I am not sure that I heard your voice message right: "${words}". Is that what you said? If not, please write it.`,
    cannotListen: 'Sorry, I cannot listen to voice messages right now. Could you write it, please?',
    /** When the model's words may not be said. */
    standby: {
      reminder: 'A short reminder of our meeting: [MEETING]. Does it still suit you?',
      followUp: 'I am coming back to your request. Is it still of interest to you?',
      noShow: 'It seems we missed each other, no harm done. Which other time would suit you?',
      objection: 'I understand your doubt. What matters most to you here?',
    },
    /** The calendar is out of reach. */
    bookedLater: 'Thank you! A colleague will confirm the time and write to you shortly.',
    cancelledLater: 'All right, I am passing this to a colleague, who will confirm the cancellation.',
    meetingLink: (link: string) => `Meeting link: ${link}`,
    videoLink: (link: string) => `The link for our video call: ${link}`,
    /** A human moved or cancelled the meeting, here or in the calendar. */
    meeting: {
      moved: (when: string) => `The meeting was moved. The new time: ${when}.`,
      gone: () => 'The meeting was cancelled. If you would like another time, just write.',
      restored: (when: string) => `The meeting is on again: ${when}.`,
    },
    /** "What is that in my time?" */
    ownTime: {
      one: (at: { ours: string; theirs: string }) => `${at.ours} here is ${at.theirs} for you.`,
      times: (list: string) => `On your clock that is:\n${list}\nWhich one suits you?`,
      meeting: (when: string) => `Our meeting on your clock: ${when}.`,
      now: (at: { ours: string; theirs: string }) => `It is ${at.ours} here and ${at.theirs} for you now.`,
      unknown: (zone: string) =>
        `All my times are ${zone}. Which city are you in? I will put them on your clock.`,
    },
    /** What Telegram writes into the lead's field for a message when they open their link. */
    notFree: {
      past: 'That time has already passed.',
      too_soon: 'That is too soon for us to make it.',
      beyond_horizon: 'We do not book that far ahead yet.',
      closed_day: 'We are closed that day.',
      outside_hours: 'We do not work at those hours.',
      taken: 'That time is already taken.',
      held: 'That time is on hold for somebody else right now.',
      off_grid: 'No meeting starts at exactly that minute.',
    },
    ownFirstWords: 'Hello! I am writing about my request.',
  },

  /** What a bot answers without a model, where business.yaml says nothing else. */
  bot: {
    privacy:
      'We keep your chat with this bot, your name and your request in order to answer it. A digital assistant prepares the answers. To hear no more from us, send /stop or say so here. To have your data deleted from this system, send /delete; what our manager has in the CRM and the calendar is then theirs to delete.',
    stopped: 'All right, no more messages. If you change your mind, please tell our manager.',
    unknown:
      'Hello! I do not know yet which request you are writing about. Please open the personal link that our manager sent you.',
  },

  /** In the calendar, for all who are invited. */
  event: {
    description: (company: string) =>
      `${company}. To move or cancel the meeting, just reply in our Telegram chat.`,
    leadWithoutName: 'lead',
  },

  /** A message that is more than words, in square brackets; people and the model read it. */
  content: {
    voice: 'voice message',
    round: 'video message',
    video: 'video',
    audio: 'audio',
    photo: 'photo',
    file: 'file',
    sticker: 'sticker',
    contact: 'contact',
    location: 'location',
    live_location: 'live location',
    call: 'a call in Telegram',
    missed: 'not answered',
    view_once: 'a picture or video to be looked at once',
    forwarded: "forwarded, somebody else's words",
    other: 'a message without text',
    seconds: 's',
  },

  /** Notes and lines on the card in amoCRM. */
  card: {
    pickedByCode: 'The lead picked a time by a sign or a number; read by code.',
    waitsForAddress: (hours: number) =>
      `The card has neither a phone nor a Telegram username yet. The assistant writes as soon as one is there; it waits for ${hours} h.`,
    /** What amoCRM did not take. */
    leftOut: {
      field: ({ field, value, why }: { field: string; value: string; why: string }) =>
        `Not written to the field "${field}": ${value} (${why}).`,
      emptied: ({ field, why }: { field: string; why: string }) =>
        `The field "${field}" could not be emptied (${why}).`,
      lossReason: (why: string) => `amoCRM did not take the loss reason: ${why}. Please set it yourself.`,
      tags: ({ names, why }: { names: string; why: string }) =>
        `amoCRM did not take the tags ${names}: ${why}.`,
      unfit: {
        'not a number': 'the field is a number, and this is not one number',
        'no such choice': 'the list has no such choice',
        'no date': 'this is no date',
        'neither yes nor no': 'this is neither yes nor no',
        'too long': 'too long for the field',
        'not by API': 'words cannot be written to a field of this type',
      },
    },
    /** How setup names the fields of the card. */
    fieldNames: {
      need: 'Need',
      budget: 'Budget',
      timeline: 'Timeline',
      authority: 'Decides',
      language: 'Language',
      source: 'Source (assistant)',
      meetingAt: 'Meeting time',
      meetingLink: 'Meeting link',
      telegramLink: 'Link to the bot',
    },
    transcript: {
      title: 'Conversation in Telegram',
      lead: 'Lead',
      ai: 'assistant',
      human: 'Manager',
      system: 'System',
      summary: 'Summary',
    },
    /** Who wrote from the account's own phone. */
    humanInChat: 'Manager (phone)',
    edited: (words: { before: string; now: string }) =>
      `The lead changed a message that was answered already. Before: ${words.before} Now: ${words.now}`,
    optedOut:
      'The lead asked not to be written to any more. The assistant is silent; only a human can lift this.',
    inviteLink: (link: string) =>
      `In Telegram the lead begins the conversation. A personal link, for one use, valid for 30 days: ${link}`,
    accountTalks: (leadId: number) =>
      `The phone or username of this card leads to a Telegram account with which we already talk in lead #${leadId}: the conversation goes on there, we do not begin a second time.`,
    samePerson: (other: { id: number; name: string; by: string }) =>
      `The same person as in lead #${other.id} "${other.name}" (matched: ${other.by}).`,
    maybeSamePerson: (other: { id: number; name: string; by: string }) =>
      `Perhaps the same person as in lead #${other.id} "${other.name}" (matched: ${other.by}). Nobody has confirmed it, so the conversations stay apart.`,
    /** Goes on after `samePerson`. */
    talksThere:
      'They already talk with us there: the conversation goes on there, we do not begin a second time.',
    /** The meeting, changed in the calendar. */
    inCalendar: {
      moved: (when: string) => `The meeting was moved in the calendar: ${when}`,
      gone: () => 'The meeting was deleted in the calendar',
      restored: (when: string) => `The meeting was put back into the calendar: ${when}`,
    },
    /** The meeting, changed by a human through the API. */
    byHuman: {
      move: (when: string) => `A human moved the meeting: ${when}`,
      cancel: () => 'A human cancelled the meeting',
    },
    declined: (when: string) => `The lead declined the calendar invitation to the meeting ${when}.`,
    wroteBefore: (when: string) =>
      `This person wrote to us in Telegram before there was a card (${when}). Chats with strangers are not kept: open the chat, or ask what it was about.`,
    waitsForPeople: (why: string) =>
      `The Telegram message was not sent and waits: ${why}. Colleagues have a task.`,
    whatStops: {
      logged_out: 'the Telegram account is logged out',
      banned: 'the Telegram account is banned',
      frozen: 'the Telegram account is frozen',
      need_login: 'nobody has logged in to the Telegram account yet',
      unreachable: 'the Telegram account is not connected',
      halted: 'sending was stopped by a person',
    },
    waits: (message: { why: string; when: string }) =>
      `The Telegram message waits: ${message.why}. It will be sent at about ${message.when}.`,
    /** Only for what may take long. */
    whyItWaits: {
      pace: 'the account writes to new people one after another',
      'daily-cap': "the account's daily limit of new dialogs is reached",
      limited: 'Telegram does not let the account write to people who have not written to it first, for now',
      flood: 'Telegram asked the account to wait',
      lookups: 'the daily limit of looking people up in Telegram is reached',
      'not-ready': 'the Telegram account is not online',
    },
    /** Why the assistant answered as it did. */
    /** What is known of a lead, for people. */
    standing: {
      score: (at: { score: number; of: number }) => `Score: ${at.score} of ${at.of}.`,
      before: (value: string) => `before: "${value}"`,
      fromCard: 'from the card',
      unknown: (names: string) => `Not known yet: ${names}.`,
      factNames: {
        need: 'need',
        budget: 'budget',
        timeline: 'timeline',
        authority: 'who decides',
        email: 'e-mail',
      },
      next: {
        met: (when: string) => `Next: the meeting, ${when}.`,
        human: 'Next: a colleague answers.',
        optedOut: 'Next: nothing, the lead wants no messages.',
        lost: 'Next: nothing, the talk is over.',
        ask: (name: string) => `Next: the assistant asks about: ${name}.`,
        offer: 'Next: the assistant agrees on a meeting.',
      },
    },
    saidByCode: {
      complained: (text: string) => `The lead complains: "${text}". Told that a colleague will look into it.`,
      wrongPerson: (text: string) => `Not the person of this card: "${text}". Apologised; check the contact.`,
      handedOverByScore: (score: number) =>
        `Score ${score}: a human takes the lead over, as business.yaml says.`,
      closedByScore: (score: number) => `Score ${score}: the talk is ended, as business.yaml says.`,
      fallback: "The model's answer did not pass the checks; a standby text was sent.",
      askedWhetherToStop: 'The lead may not want messages; asked once.',
      askedWhereToInvite: 'The lead named an address; asked whether the invitation goes there.',
      invited: 'The lead confirmed the address of the invitation.',
      ownTime: 'The lead asked about the time zone; answered by code.',
    },
  },

  budget: {
    spentToday: (used: string) => `Spent today: ${used}.`,
    usd: ({ spent, most }: Used) => `$${spent} of $${most}`,
    tokens: ({ spent, most }: Used) => `${spent} of ${most} tokens`,
    messages: ({ spent, most }: Used) => `${spent} of ${most} messages`,
  },

  /** Tasks for the seller in amoCRM. */
  task: {
    noAddress:
      'The card still has neither a phone nor a Telegram username: the assistant cannot write. Please contact the lead yourself.',
    abuse: (text: string) =>
      `The lead sent insults or advertising: "${text}". The assistant does not answer and sells nothing; look at the chat and give it back if it was a mistake.`,
    autoReply: (text: string) =>
      `An automatic answer came: "${text}". The assistant waits and goes on by itself when the lead writes in their own words.`,
    sameWords: ({ count, text }: { count: number; text: string }) =>
      `It looks like an auto-responder: the same message ${count} times ("${text}"). The assistant is silent, so as not to talk with a machine; it goes on by itself when the lead writes something else, or when you give the conversation back.`,
    circles: ({ count, minutes }: { count: number; minutes: number }) =>
      `The conversation goes in a circle: ${count} answers within ${minutes} minutes and no progress. Perhaps a bot is writing. The assistant is silent: please look at the conversation and answer yourself, or give it back.`,
    hookRenewed: (address: string) =>
      `amoCRM had switched the webhook ${address} off: too many bad answers within two hours. It is on again, and missed leads are found. Please see whether the server is overloaded, and reachable from outside.`,
    hookOff: ({ address, why }: { address: string; why: string }) =>
      `amoCRM has switched the webhook ${address} off, and it could not be switched on again: ${why}. Leads come up to a minute late. Please switch it on in amoCRM, or run \`npm run amocrm -- subscribe\`.`,
    hookForeign: 'it leads to us with another secret, so it is not ours',
    fieldRefused: ({ field, why }: { field: string; why: string }) =>
      `amoCRM does not take our values in the field "${field}": ${why}. Change the field's type or take it out of config/business.yaml (amocrm.fields); everything else is written. The values are in the notes of the leads.`,
    stageRefused: ({ stage, why }: { stage: string; why: string }) =>
      `amoCRM did not move the lead to the stage "${stage}": ${why}. Please move it yourself.`,
    tokenEnds: ({ day, days }: { day: string; days: number }) =>
      `The long-lived amoCRM token ends on ${day} (days left: ${days}). The assistant stops then. Make a new one (the integration's Keys tab) and put it into AMOCRM_API_KEY.`,
    meeting: (when: string) => `Meeting: ${when}`,
    meetingMoved: (when: string) => `Moved: ${when}`,
    meetingCancelled: 'The meeting was cancelled',
    overlap: (when: string) =>
      `The calendar has another event at the time of the meeting (${when}). Please check and move one of them.`,
    leadNotTold: (when: string) =>
      `The meeting is in the calendar (${when}), but the lead was not told of it: please tell them yourself.`,
    newTimeTaken: 'The new time is taken in Google Calendar; the meeting stays where it was',
    leftOut: {
      guest: (what: { when: string; reason: string }) =>
        `Meeting ${what.when}: Google did not take the lead's e-mail (${what.reason}), no invitation was sent. Please check the address.`,
      conference: (what: { when: string; reason: string }) =>
        `Meeting ${what.when}: Google made no link for a video call (${what.reason}). Please send the lead a link yourself.`,
    },
    unreadableChange:
      'The meeting was changed in Google Calendar in a way that the program did not understand. Please check its time, and tell the lead if it is another one.',
    wholeDay: (when: string) =>
      `The meeting was made an all-day event in the calendar (${when} by its old hour). Please agree on an hour with the lead and set it in the calendar.`,
    collision: (meeting: { lead: string; other: string; when: string }) =>
      `In the calendar the meeting with “${meeting.lead}” was put at ${meeting.when}, where the meeting with “${meeting.other}” is already. Please part them in the calendar: with us the first one stays at its old time.`,
    calendarAway:
      'Google Calendar is out of reach. Please answer the lead yourself and restore access to the calendar.',
    calendarRefused:
      'Google Calendar did not take it. Please answer the lead yourself and check the calendar.',
    /** Go on after `calendarAway` and `calendarRefused`. */
    wished: (when: string) => `The lead chose: ${when}.`,
    because: (reason: string) => `The reason: ${reason}`,
    answerFailed: (reason: string) =>
      `The answer failed, please write to the lead yourself. The reason: ${reason}`,
    outage: {
      openai: (reason: string) =>
        `OpenAI does not answer; Claude answers instead, unless there is another task about it. Check the key, the payment and the model (\`npm run models -- check\`). What OpenAI says: ${reason}`,
      anthropic: (reason: string) =>
        `Claude (Anthropic) does not answer; OpenAI answers, unless there is another task about it. Check the key, the payment and the model (\`npm run models -- check\`). What Anthropic says: ${reason}`,
      models: (reason: string) =>
        `No language model answers. Leads wait, nothing is lost: they are answered as soon as a model works again. Who must be answered now, please answer yourself. What the models say: ${reason}`,
      google: (reason: string) =>
        `Google Calendar does not answer. Bookings wait and go on when it is back. The reason: ${reason}`,
      n8n: (reason: string) =>
        `n8n does not answer. Leads wait, nothing is lost: they are answered as soon as it is back. The reason: ${reason}`,
      telegram: (reason: string) =>
        `Telegram does not take our messages. They wait and go out when it is back. The reason: ${reason}`,
      budget: (reason: string) =>
        `The budget of this day is spent, so no model is asked. Leads wait, nothing is lost: they are answered tomorrow, or as soon as \`budgets\` in config/business.yaml is raised. Who must be answered now, please answer yourself. ${reason}`,
      over: 'It works again; what waited has gone on.',
    },
    promised: (reply: string) =>
      `The assistant told the lead that one of you is asked or will write: "${reply}" Please answer the lead, or tell the assistant by \`npm run knowledge -- add\`.`,
    leadBudget: (used: string) =>
      `This lead has used up what one lead may cost (\`budgets.perLead\` in config/business.yaml): ${used}. Please go on yourself. Giving the lead back to the assistant begins a new budget.`,
    triedAgain: 'The assistant tries again.',
    foreignLanguage:
      'The lead writes in a language that the assistant does not know: please answer yourself.',
    /** What a person should look at, by its kind. */
    signal: {
      contact: (content: string) =>
        `The lead sent ${content} in Telegram. See who it is, and whether you are asked to get in touch with them.`,
      live_location: () =>
        'The lead shares their live location in Telegram: see whether they are on their way to you.',
      call: () => 'The lead called in Telegram and nobody answered. Call back: the assistant cannot talk.',
      view_once: () =>
        'The lead sent a picture or video to be looked at once. The assistant does not open it: look at it in Telegram yourself.',
      other: () =>
        'The lead sent something in Telegram that the assistant does not understand. Look at it yourself.',
    },
    listen: 'The lead sent a voice message: please listen to it in Telegram.',
    capped: {
      messages: (cap: number) =>
        `The lead writes unusually much: more than ${cap} messages within an hour. All are kept, and the assistant answers them later. Please look at the conversation: it may be spam or a bot.`,
      files: (cap: number) =>
        `The lead sent more than ${cap} files within an hour. The others are fetched later. Please look at the conversation: it may be spam or a bot.`,
      modelCalls: (cap: number) =>
        `The assistant has answered this lead very often within an hour (at most ${cap} requests to the model) and takes a break. New messages are kept and answered later. If an answer is needed now, please write it yourself.`,
    },
    sendInvite: (link: string) => `Send the lead this link, so that the assistant can talk to them: ${link}`,
    nobodyToInvite:
      'The assistant cannot begin: no Telegram account has connected the bot, or the account has no username. Connect it, and write to the lead yourself.',
    pressedStartAgain:
      'The lead pressed Start in the bot again after opting out. If they want to go on, lift the opt-out.',
    oldLink: 'The lead opened a link to the bot that has expired. Send them a new one.',
    samePersonOptedOut: (leadId: number) =>
      `A new request from a person who asked not to be written to (lead #${leadId}). The assistant is silent: contact them yourself or lift it.`,
    accountOptedOut: (leadId: number) =>
      `The phone or username of this card leads to a Telegram account that asked not to be written to (lead #${leadId}). The assistant is silent: contact them yourself or lift it.`,
    strangerToBound: (wrote: { who: string; text: string }) =>
      `Another Telegram account (${wrote.who}) with the username or phone of this card has written: "${wrote.text}". For us the lead is the account from before; nothing was done in the lead's name and the stranger gets no answer. Please check who it is.`,
    strangerToBot: (wrote: { who: string; text: string }) =>
      `The account ${wrote.who} has written to the bot, its username is the one on the card: "${wrote.text}". A username is not enough: send the lead the personal link, or ask them to share their own contact with the bot.`,
    strangerByUsername: (wrote: { who: string; text: string }) =>
      `The account ${wrote.who} has written in Telegram. Its username is the one on the card, but nothing shows that the phone on the card is theirs: "${wrote.text}". Usernames change hands, so nothing was done in the lead's name, and the lead will be written to by phone. If it is the lead all the same, answer them yourself: from that answer on the conversation belongs to the card.`,
    erasureWanted:
      'The lead asked for deletion of their data. They are written to no more and were told that the request went to you. Nothing is deleted yet: `npm run person -- erase --lead` with the number of this deal deletes what the assistant keeps; then please delete the deal, the contact and a meeting in the calendar, and confirm it to the lead.',
    questionUnanswered: (asked: { id: number; text: string }) =>
      `The lead asks what the assistant does not know: "${asked.text}". Please answer them yourself. To let the assistant say it to others from now on: npm run knowledge -- answer ${asked.id} "the answer" (question #${asked.id}).`,
    erasedByLead:
      'The lead sent /delete to the bot: everything that the assistant kept is deleted, and it will not write to this person again. Please delete the rest yourself: the deal and the contact here, the chat in Telegram, a meeting in the calendar.',
    erasedPersonCameBack: (erasureId: number) =>
      `The person on this card had their data deleted (erasure #${erasureId}), so the assistant keeps nothing of the card and does not write. If they came back by their own will, answer them yourself, or let the assistant: npm run person -- allow --lead with the number of this deal.`,
    /** What keeps messages from going out. */
    telegramTrouble: {
      logged_out: ({ account, detail }: TelegramTrouble) =>
        `The Telegram account "${account}" is logged out: the assistant writes to nobody and hears nobody. Log in again: \`npm run telegram -- login\`. The messages wait. (${detail})`,
      banned: ({ account, detail }: TelegramTrouble) =>
        `Telegram banned the account "${account}". Messages to its leads wait: write to them yourself, and connect another account. (${detail})`,
      frozen: ({ account, detail }: TelegramTrouble) =>
        `Telegram froze the account "${account}": it can only read. Appeal in the Telegram app, and answer urgent leads yourself. (${detail})`,
      need_login: ({ account }: TelegramTrouble) =>
        `Nobody has logged in to the Telegram account "${account}" yet, so the assistant writes to nobody: \`npm run telegram -- login\`.`,
      unreachable: ({ account, detail }: TelegramTrouble) =>
        `The Telegram account "${account}" is not connected, and messages wait. Check the server's internet and whether it reaches Telegram. (${detail})`,
      limited: ({ account, when }: TelegramTrouble) =>
        `Telegram limited the account "${account}": until about ${when} it writes only to contacts and to people who wrote to it first. New people wait. Look at the limit with @SpamBot, and write to no strangers from this account.`,
      flood: ({ account, when }: TelegramTrouble) =>
        `Telegram asked the account "${account}" to send nothing until ${when}. The messages wait; answer urgent leads from another account, or call them.`,
      halted: ({ detail }: TelegramTrouble) =>
        `Sending to Telegram was stopped by a person (${detail}). The messages wait until it is let go on: action \`resume\`.`,
    },
    telegramOver: 'Telegram works again: the messages that waited go out.',
    deadLetter: (event: { id: number; from: string; reason: string }) =>
      `An event ${event.from} about this lead could not be worked and will not be tried again by itself. Please look at the conversation and the card, and answer yourself if needed. Event #${event.id}, the reason: ${event.reason}`,
    /** Where the event of a dead letter came from. */
    from: {
      amocrm: 'from amoCRM',
      'amocrm-chats': 'from the chat on the card',
      telegram: 'from Telegram',
      telegram_bot: 'from the Telegram bot',
    },
    /** What the lead was to be told while Telegram takes nothing from us. */
    windowClosed: {
      unsaid: (text: string) =>
        `The assistant cannot write to the lead in Telegram: the reply window is closed. Not sent: "${text}"`,
      answer: 'The lead wrote, but the reply window in Telegram is closed. Please answer yourself.',
      follow_up: 'A follow-up is due, but the reply window in Telegram is closed. Please write yourself.',
      reminder:
        'The reminder of the meeting is due, but the reply window in Telegram is closed. Please write or call.',
      no_show: 'The lead did not come, but the reply window in Telegram is closed. Please write or call.',
      operator:
        'The meeting has changed, but the reply window in Telegram is closed. Please tell the lead yourself.',
      first_touch: 'The assistant cannot begin the conversation in Telegram. Please write yourself.',
    },
    /** Why the lead cannot be written to in Telegram. */
    unreachable: {
      'no-address': 'the card has neither a Telegram username nor a phone',
      'not-found': 'nobody in Telegram has this username or phone, or their privacy hides it',
      privacy: "this person's privacy settings do not allow a first message",
      'premium-needed': 'only contacts and Premium accounts may write to this person',
      'paid-messages': 'messages to this person cost money; the assistant never pays',
      blocked: 'the person blocked our account',
      deactivated: "the person's account is deleted",
      'not-a-person': 'this username belongs to a bot, a group or a channel',
      'write-forbidden': 'this chat cannot be written to',
      'window-closed': 'it is only allowed while the person has written lately',
      unknown: 'it is not known whether the message arrived: look into the chat before writing again',
      'bad-message': 'Telegram did not take the text',
    },
  },

  /** What people of the company are told at once, by Telegram, e-mail or a webhook. */
  alert: {
    pushOn: 'Notifications are on. They come here when a lead needs a human.',
    raised: {
      hand_off: ({ subject }: About) => `${subject}: needs a human`,
      dead_letter: ({ subject, count }: About) => `Not delivered or not understood (${subject}): ${count}`,
      integration: ({ subject }: About) =>
        `Lost: ${subject}. The assistant cannot work as it should without it`,
      provider: ({ subject }: About) => `A provider of models does not answer: ${subject}`,
      disk: () => 'The disk is nearly full: when it is, nothing is stored and nobody is answered',
      work: () => 'Leads wait: work has been due for more than five minutes, and nobody does it',
      backup: () => 'No backups are made: if the disk fails, conversations and meetings are lost',
      budget: () => 'The budget of this day is spent: leads wait for an answer',
      test: () => 'A test: alerts reach this place',
    },
    resolved: {
      hand_off: ({ subject }: About) => `${subject}: somebody has the lead now`,
      dead_letter: ({ subject }: About) => `Nothing undelivered is left (${subject})`,
      integration: ({ subject }: About) => `Back again: ${subject}`,
      provider: ({ subject }: About) => `The provider of models answers again: ${subject}`,
      disk: () => 'The disk has space again',
      work: () => 'Work goes on: nothing is overdue',
      backup: () => 'A backup was made again',
      budget: () => 'There is budget again: leads are answered',
      test: () => 'The test is over',
    },
    from: (source: string) => `from ${source}`,
    more: (count: number) => `And ${count} more, all in the console`,
    subject: ({ company, first, count }: { company: string; first: string; count: number }) =>
      count > 1 ? `${company}: ${first} and ${count - 1} more` : `${company}: ${first}`,
  },

  /** What the person of a rehearsal in n8n's editor says, who does not exist. */
  rehearsal: {
    name: 'Alex Sample',
    opening: 'Hello! I am the assistant of our seller. May I ask what you are looking for?',
    wish: 'Hi! We answer leads by hand and it takes us a day. Could we talk tomorrow afternoon?',
    interest: 'Hi! We answer leads by hand and it takes us a day. When could we talk?',
    offer: 'These times are free:',
    pick: 'The second one suits me',
  },
  /** What the commands of this repository print. */
  setup: {
    account: 'account',
    leads: 'leads',
    answer: 'answer',
    access: 'access',
    workflow: 'workflow',
    processes: 'processes',
    end: 'end of the model',
    late: 'no answer in a minute and a half',
    seeLog: 'try again in a minute; the log of the API says more',
    missed: (ids: string) => `new leads that we did not hear of: ${ids}`,
    differ: (ids: string) => `cards that say something else than we have: ${ids}`,
    catchUp: 'wait a minute, we catch up by ourselves; if it stays, see the log of the API',
    amocrmToken:
      'check AMOCRM_BASE_URL and the token in .env, then restart; npm run setup asks for both and tries them',
    noAccount: 'there is no account yet',
    notIn: 'nobody is logged in to the account',
    deeds: {
      send: 'send (tried in Saved Messages)',
      delete: 'delete (tried in Saved Messages)',
      begin: 'write to people who never wrote to it',
      lookUp: 'look people up by phone and username',
      history: 'read histories',
    },
    scanBelow: 'log in by QR code on this page',
    may: 'may',
    mayNot: 'may not',
    keyElsewhere: 'only n8n has the key, so it cannot be tried from here',
    run: (command: string) => `run this where .env is: ${command}`,
    answered: ({ seconds, cost, ends }: { seconds: string; cost: string | null; ends: string | null }) =>
      [`${seconds} s`, cost, ends && `works until ${ends}`].filter(Boolean).join(', '),
    answers: 'answers',
    startN8n: 'start n8n: npm start, or docker compose up -d; its address is N8N_URL',
    notPublished: (name: string) => `n8n has no published workflow ${name}`,
    openWebhook: (status: number) => `the webhook answered ${status} instead of refusing`,
    publish:
      'restart the system: it imports and publishes the workflows; for an n8n of your own: npm run n8n -- install',
    connected: (count: number) => `connected: ${count}`,
  },
  terminal: {
    system: {
      console: 'console',
      join: 'come in as the first owner, once, by',
      n8n: 'n8n editor',
      login: 'log in as',
      api: 'API',
      docs: 'API reference',
      telegram: "the lead's phone",
      amocrm: 'amoCRM board',
      google: "the seller's week",
      logs: 'logs',
      stop: 'Ctrl-C stops everything.',
      workflows: {
        edited: ({ name }: WorkflowWords) => [
          `! ${name} was edited in n8n. Your version runs; ours is not in. Choose:`,
          `npm run n8n -- diff ${name}: shows what differs`,
          `npm run n8n -- adopt ${name}: keeps yours, for good: brings it into n8n/workflows and docs/`,
          `npm run n8n -- replace ${name}: takes ours at the next start; yours goes into a file first`,
        ],
        unpublished: ({ name, address }: WorkflowWords) => [
          `! ${name} is not published in n8n, so it does nothing. To publish it: ${address}, then Publish.`,
        ],
        archived: ({ name, address }: WorkflowWords) => [
          `! ${name} is archived in n8n, so it does nothing. To bring it back: ${address}, menu, Unarchive, then Publish.`,
        ],
        failed: ({ name, address, reason }: WorkflowWords) => [
          `! n8n could not start ${name}: ${reason}. See ${address}`,
        ],
      },
    },
    login: {
      scan: "Telegram on the seller's phone: Settings > Devices > Link Desktop Device. Point the camera here:",
      code: 'Code from Telegram: ',
      password: 'Two-step verification password: ',
      done: 'The account is online',
      resealed: 'Sealed anew: ',
      away: 'does not answer: is the system running? (npm start)',
      notPossible: 'A terminal is needed: the login asks for a code and a password',
    },
    checks: {
      correct: (example: string | null) => `correct it in .env${example ? `, for example ${example}` : ''}`,
      makeOne: (command: string) => `make one: ${command}`,
      exampleValue: 'is the one of .env.example or easily guessed',
      settings: {
        secrets: 'secrets',
        readable: 'others on this machine may read the keys in it',
      },
      nothing: 'nothing',
      check: 'check',
      startSimulators: 'start the simulators: npm start, or npm run simulators',
      report: { fault: 'fault', good: 'ok', agrees: 'everything agrees', works: 'everything works' },
      amocrm: {
        token: 'token',
        account: 'account',
        oauth: 'OAuth',
        oauthRenewed: 'OAuth, renewed by itself',
        longLived: 'long-lived; it does not say until when',
        longLivedUntil: (day: string) => `long-lived, until ${day}`,
        tokenEnds: (day: string) => `the long-lived token ends on ${day}`,
        newToken: 'make a new one in the integration, tab Keys, and put it into AMOCRM_API_KEY',
        foreign: ({ token, account }: { token: number; account: string }) =>
          `the token says it is of the account ${token}, and AMOCRM_BASE_URL leads to the account ${account}`,
        sameAccount: 'take token and AMOCRM_BASE_URL from the same account',
        rights: "rights of the token's user",
        user: (id: number) => `user ${id}`,
        notAdmin: 'is no administrator',
        notAdminBecause: (why: string) => `is no administrator (${why})`,
        asAdmin: 'make the token as an administrator, or set up webhooks, stages and fields by hand',
        pipeline: 'pipeline',
        noPipeline: (name: string) => `there is no pipeline ${name}`,
        correctPipelines: 'correct amocrm.pipelines in config/business.yaml',
        stage: ({ stage, pipeline }: { stage: string; pipeline: string }) =>
          `stage ${stage} in "${pipeline}"`,
        noStage: ({ names, setting }: { names: string; setting: string }) =>
          `no stage is named ${names} (${setting})`,
        leadFields: 'lead fields',
        contactFields: 'contact fields',
        unknown: 'unknown',
        unreadable: (why: string) => `cannot be read (${why})`,
        rightToFields: 'give the token the right to see fields',
        field: (fact: string) => `field ${fact}`,
        telegramField: 'contact field for Telegram',
        noUsername: (type: string) => `a username does not fit the type ${type}; make it text`,
        noField: ({ code, setting }: { code: string; setting: string }) =>
          `there is no field ${code} (${setting})`,
        otherType: ({ setting, command }: { setting: string; command: string }) =>
          `delete it or name another in ${setting}, then ${command}: amoCRM does not change a field's type`,
        nothingWritten: ({ type, wanted }: { type: string; wanted: string }) =>
          `nothing can be written to a field of the type ${type}; make it ${wanted}`,
        dateOnly: (wanted: string) => `a date has no time of day; make it ${wanted}`,
        tooNarrow: ({ type, wanted }: { type: string; wanted: string }) =>
          `of the type ${type} it takes only some of what is known; make it ${wanted}`,
        reasons: 'loss reasons',
        reason: (key: string) => `loss reason ${key}`,
        switchedOff: 'switched off',
        noReasons: 'the account has none',
        switchOn: 'switch them on in the settings of the pipeline, or empty amocrm.lossReasons',
        rightToReasons:
          'give the token the right, or empty amocrm.lossReasons: leads are closed without a reason',
        noReason: ({ names, setting }: { names: string; setting: string }) =>
          `no loss reason ${names} (${setting})`,
        webhook: 'webhook',
        webhooks: 'webhooks',
        webhooksTariff:
          'webhooks by API need the tariff Advanced or higher and an administrator; without: add the address by hand, amoMarket > WEB HOOKS. New leads are found by looking each minute',
        disabled: 'is disabled by amoCRM after too many bad answers',
        lacks: (events: string) => `lacks ${events}`,
        noWebhook: 'no webhook points to us',
        filters: 'filters of lists',
        filtersNone: 'none',
        filtersWork: 'work',
        filtersLived:
          'nothing has to be done: new leads come by hooks, and the newest cards are looked through. The option makes it cheaper: ask amoCRM',
        filtersAre: {
          ignored:
            'amoCRM ignores filters (a paid option of the account): only the newest cards are looked through',
          refused:
            'amoCRM refuses filters (a paid option of the account): only the newest cards are looked through',
          unsorted:
            'amoCRM ignores filters and order: what a lost hook would have said is found in the first pages only',
        },
        missed: 'the look for missed leads',
        withoutPart: 'without a part',
        rightToRead: 'give the token the right to read it',
        fails: 'fails',
        seeLog: 'see the log; it is tried again each minute',
        notReached: ({ host, why }: { host: string; why: string }) => `${host} is not reached (${why})`,
        noAccount: (host: string) => `${host} is no amoCRM account`,
        noAccountBecause: ({ host, why }: { host: string; why: string }) =>
          `${host} is no amoCRM account (${why})`,
        correctHost:
          'correct AMOCRM_BASE_URL: the address that the browser shows when you are in amoCRM, for instance https://mycompany.amocrm.ru',
        refusesToken: (why: string) => `amoCRM refuses the token: ${why}`,
        anotherToken:
          'make a new one as an administrator: amoMarket > your integration > Keys and scopes > Generate a long-lived token, and put it into AMOCRM_API_KEY; of another account, correct AMOCRM_BASE_URL',
        notPaid: (why: string) => `the account is not paid (${why})`,
        pay: 'pay the tariff in amoCRM',
        mayNothing: (why: string) => `amoCRM lets the token do nothing (${why})`,
        blocked:
          'look whether the account or this address is blocked, and make the token as an administrator',
        later: 'try again in some minutes',
        states: { there: 'there', missing: 'missing', made: 'made', refused: 'refused' },
        summary: ({ there, made, refused }: { there: number; made: number; refused: number }) =>
          `${there} there, ${made} made, ${refused} by hand`,
        wouldBe: ({ there, made, refused }: { there: number; made: number; refused: number }) =>
          `${there} there, ${made} would be made, ${refused} by hand`,
        kinds: {
          pipeline: 'pipeline',
          stage: 'stage',
          'lead field': 'lead field',
          'contact field': 'contact field',
          'loss reason': 'loss reason',
          tag: 'tag',
        },
        inPipeline: ({ pipeline, setting }: { pipeline: string; setting: string }) =>
          `pipeline "${pipeline}", ${setting}`,
        notThere: 'is not in the account',
        byHand: 'make it by hand in amoCRM',
        byHandOrAdmin: 'make it by hand in amoCRM, or use a token of an administrator',
        makePipeline: 'make the pipeline in amoCRM, or correct amocrm.pipelines in config/business.yaml',
        correctStage: (setting: string) => `correct ${setting} in config/business.yaml: no stage has this id`,
        correctField: (setting: string) => `correct ${setting} in config/business.yaml: no field has this id`,
        correctReason: (setting: string) =>
          `correct ${setting} in config/business.yaml: no reason has this id`,
        switchReasonsOn: 'switch loss reasons on in the settings of the pipeline, then run setup again',
      },
      telegram: {
        app: 'api_id and api_hash',
        takes: (apiId: number) => `Telegram takes ${apiId}`,
        says: (word: string) => `Telegram says ${word}`,
        businessMode: 'business mode',
        nobodysSecretary: (bot: string) => `@${bot} may be nobody's secretary`,
        switchBusinessOn:
          '@BotFather > /mybots > the bot > Bot Settings > Business Mode (Secretary Mode in newer apps) > Turn on',
        bot: 'bot',
        token: 'token',
        unknownToken: "Telegram does not know the bot's token",
        copyToken:
          'copy TELEGRAM_BOT_TOKEN anew: @BotFather > /mybots > the bot > API Token; after Revoke only the new one is good',
        wait: 'wait as long as Telegram says, then try again',
        network:
          'look at the network of this machine: Telegram is restricted in some countries and by some hosters',
        login: {
          PHONE_CODE_EXPIRED: 'ask for a new code',
          PHONE_NUMBER_FLOOD: 'too many codes were asked for: wait a day, or use login_qr',
          PHONE_PASSWORD_FLOOD: 'too many wrong passwords were tried: wait a day',
          PHONE_NUMBER_BANNED: 'the number is banned for ever: take another account',
          API_ID_INVALID:
            'TELEGRAM_API_ID and TELEGRAM_API_HASH do not belong together: see https://my.telegram.org',
          API_ID_PUBLISHED_FLOOD:
            'this api_id is known to be shared: make your own at https://my.telegram.org',
          UPDATE_APP_TO_LOGIN: 'Telegram wants a newer client: update this system',
        },
      },
      models: {
        seconds: (seconds: string) => `${seconds} s`,
        tokens: ({ input, output }: { input: number; output: number }) => `${input} + ${output} tokens`,
        ends: (day: string) => `ends ${day}`,
        noEnd: 'no end announced',
        simulated: 'simulated',
        end: 'end of the model',
        endedOn: ({ model, day }: { model: string; day: string }) => `${model} ended on ${day}`,
        endsOn: ({ model, day, days }: { model: string; day: string; days: number }) =>
          `${model} ends on ${day}, in ${days} days`,
        set: (setting: string) => `set ${setting}`,
        empty: (ending: string) => `an empty answer (${ending})`,
        noReason: 'no reason given',
        late: (seconds: number) => `no answer within ${seconds} s`,
        notReached: (why: string) => `not reached: ${why}`,
        status: {
          401: 'the key is not taken',
          403: 'the key may not use this model',
          404: 'there is no such model for this key',
          429: 'the quota or the rate is used up',
          529: 'overloaded: try again in some minutes',
        },
        another: ({ variable, model }: { variable: string; model: string }) =>
          `set ${variable} to a model that the key may use, for instance ${model}`,
        network: (variable: string) =>
          `look at the network of this machine and at ${variable}: the service has to be reached from here`,
        pay: (where: string) => `pay or raise the limit: ${where}`,
        copyKey: ({ variable, where }: { variable: string; where: string }) =>
          `copy ${variable} anew, or make a new key: ${where}`,
        country: (variable: string) =>
          `the vendor does not serve the country of this machine: name another service by ${variable}`,
        giveModel: (another: string) => `give the key's project the model, or ${another}`,
        isItAnApi: ({ another, variable }: { another: string; variable: string }) =>
          `${another}; with a ${variable} of your own: is it the address of an API?`,
        later: 'try again in some minutes',
        itsKeys: 'the page for keys of that service',
        itsBilling: 'the page for payment of that service',
      },
      google: {
        token: 'token',
        access: 'Google gives access',
        accessAs: ({ account, subject }: { account: string; subject: string }) =>
          `Google gives access to ${account} as ${subject}`,
        scopes: 'scopes',
        lackingScopes: (scopes: string) => `the consent lacks ${scopes}`,
        end: 'end of the token',
        endsOn: (day: string) => `the refresh token ends on ${day}: the app is in Testing`,
        publish: (login: string) => `publish the app, then ${login}`,
        says: ({ fault, google }: { fault: string; google: string }) => `${fault} (Google: ${google})`,
        network: 'look at the network and the firewall of this machine',
        away: (what: string) => `${what} does not answer`,
        see: 'see docs/google-calendar-integration.md',
        busy: 'busy times',
        calendar: (id: string) => `calendar ${id}`,
        has: 'busy times, events',
        guest: ', guest',
        meet: ', Meet',
        meetLater: ', Meet (its link comes later)',
        noMeet: 'no Meet links can be made',
        switchMeetOn:
          'switch Meet on for the account, or set meeting.meetLink: false in config/business.yaml',
        noGuests: 'guests cannot be invited',
        withoutGuest: 'meetings are booked without the guest; the lead has the time and the link in Telegram',
        tokens: {
          invalid_grant: {
            fault:
              'the refresh token is revoked, too old or of another client; of an app in Testing it ends after 7 days',
            next: (login: string) =>
              `${login}; publish the app first (consent screen: In production), or its tokens end after a week`,
          },
          invalid_client: {
            fault: 'GOOGLE_CLIENT_ID or GOOGLE_CLIENT_SECRET is wrong',
            next: (_login: string) => 'copy both anew from the Google Cloud console > Credentials',
          },
          unauthorized_client: {
            fault: "the refresh token belongs to another client, often the Playground's own",
            next: (login: string) => `${login}, or in the Playground tick "Use your own OAuth credentials"`,
          },
        },
        reasons: {
          accessNotConfigured: {
            fault: 'the Google Calendar API is not enabled in the project',
            next: (_login: string) =>
              'enable it: Google Cloud console > APIs & Services > Library > Google Calendar API',
          },
          insufficientPermissions: { fault: 'the consent lacks a scope', next: (login: string) => login },
          requiredAccessLevel: {
            fault: 'may be read, but not written',
            next: (_login: string) =>
              'share the calendar with the account of the token: "Make changes to events"',
          },
          notFound: {
            fault: 'is not there, or not shared with the account of the token',
            next: (_login: string) =>
              'correct its id (Settings of the calendar > Integrate calendar), or share it: npm run google -- calendars shows which there are',
          },
          forbiddenForServiceAccounts: {
            fault: 'a service account that acts as itself may not invite guests',
            next: (_login: string) =>
              'give it domain-wide delegation (docs/google-calendar-integration.md) and leave GOOGLE_SERVICE_ACCOUNT_SUBJECT empty, or log in as a person',
          },
        },
        account: {
          noDelegation: (email: string) => `${email} has no domain-wide delegation, or not of these scopes`,
          delegate: ({ clientId, scopes }: { clientId: string; scopes: string }) =>
            `admin.google.com > Security > Access and data control > API controls > Manage domain-wide delegation > Add new: client ID ${clientId}, scopes ${scopes}; it may take some minutes (Google says up to a day)`,
          itsId: 'of the service account',
          unknownScopes: 'Google does not know the scopes',
          enableApi: 'enable the Google Calendar API in the project of the service account',
          wrongClock: 'the clock of this machine is wrong',
          setClock: 'set it by network time (timedatectl set-ntp true)',
          keyGone: (email: string) => `the key of ${email} was deleted or replaced`,
          newKey:
            'make a new JSON key: Google Cloud console > IAM & Admin > Service Accounts > Keys, and put its file in the place of GOOGLE_SERVICE_ACCOUNT_FILE',
          unknownAccount: (email: string) => `Google does not know ${email}: it was deleted or disabled`,
          makeAccount: 'enable or make it anew: Google Cloud console > IAM & Admin > Service Accounts',
          nobody: (subject: string) =>
            `${subject} is nobody in the Workspace that the service account could act as`,
          setSubject:
            'set GOOGLE_SERVICE_ACCOUNT_SUBJECT to the address of a person who owns or may change the calendars',
          refused: (email: string) => `Google refuses the key of ${email}`,
          see: 'see docs/google-calendar-integration.md, "A service account"',
        },
      },
    },
    newBusiness: {
      questions: {
        companyRu: 'Company, in Russian',
        companyEn: 'Company, in English',
        sellerRu: 'Seller, in Russian',
        sellerEn: 'Seller, in English',
        offerRu: 'What you offer, one sentence in Russian',
        offerEn: 'What you offer, one sentence in English',
        language: 'Language until the lead has one (ru, en)',
        zone: 'Time zone, or your city',
        country: 'Country of phones without a code (two letters, or its name)',
        calendar: 'Google calendar of the seller (an e-mail, or default)',
        minutes: 'Length of a meeting, minutes',
      },
      wanted: {
        companyRu: 'A name is needed, up to 100 characters: leads read it.',
        companyEn: 'A name of up to 100 characters, please.',
        sellerRu: 'A name is needed, up to 100 characters: in this name leads are written to.',
        sellerEn: 'A name of up to 100 characters, please.',
        offerRu: 'A sentence is needed, up to 500 characters: the assistant explains by it what you do.',
        offerEn: 'A sentence of up to 500 characters, please.',
        language: 'ru or en, please.',
        zone: 'That is no time zone and no city that is known here. For instance Europe/Moscow, or the largest city nearby.',
        country: 'That is no country that is known here. For instance RU, or Russia.',
        calendar: 'An e-mail like anna@company.com, or default: the calendar of GOOGLE_CALENDAR_EMAIL.',
        minutes: 'From 5 to 480, please; "half an hour" will do, too.',
      },
      disclosure: 'I am a digital assistant; if you prefer a person, or no more messages, just tell me.',
      left: 'Nothing was written.',
      next: ({ file, knowledge }: { file: string; knowledge: string }) =>
        `Next: BUSINESS_CONFIG=${file} in .env, then npm start. The facts that the assistant may state (prices, terms) go into ${knowledge}/*.md: none of the sample's were taken.`,
    },
    setup: {
      intro: (file: string) =>
        `The answers go into ${file}. Each key is tried before it is written. Enter keeps what stands in brackets; Ctrl-C leaves, and what was checked stays.`,
      parts: {
        amocrm: 'amoCRM / Kommo',
        telegram: 'Telegram',
        openai: 'OpenAI',
        anthropic: 'Anthropic (Claude)',
        voice: 'Voice messages',
        google: 'Google Calendar',
      },
      ways: {
        simulated: 'simulated',
        off: 'off',
        token: 'real: long-lived token',
        oauth: 'real: OAuth',
        bot: 'real: bot',
        secretary: 'real: secretary bot',
        userbot: 'real: user account',
        key: 'real: key',
        login: 'real: login',
        serviceAccount: 'real: service account',
      },
      hints: {
        simulated: 'nothing leaves this machine',
        off: 'leads are asked to type',
        token: 'an administrator makes it in amoCRM',
        oauth: 'see docs/amocrm.md',
        bot: 'leads press Start first; hardly any risk of a ban',
        secretary:
          'answers for an account, for 24 hours after each message of the lead; hardly any risk of a ban',
        userbot: 'writes first; Telegram may ban the account',
        key: 'the service itself, or another one that speaks as it does',
        login: 'the owner of the calendar allows it in a browser',
        serviceAccount: 'for a Google Workspace; nobody logs in',
      },
      now: 'now',
      choose: 'Number',
      noSuchNumber: 'That is none of the numbers.',
      where: {
        AMOCRM_BASE_URL:
          'the address of your account, as the browser shows it: https://mycompany.amocrm.ru or https://mycompany.kommo.com.',
        AMOCRM_API_KEY:
          'as an administrator: amoMarket (Settings > Integrations in Kommo) > the three dots > Create integration > External integration. Save it, then tab Keys and scopes > Generate a long-lived token, with the longest life. It is shown once. It is not shown while you paste it here.',
        TELEGRAM_BOT_TOKEN:
          '@BotFather in Telegram: /newbot, or /mybots > the bot > API Token. For a secretary switch on Bot Settings > Business Mode (Secretary Mode in newer apps) too. Not the bot of the alerts.',
        TELEGRAM_API_ID:
          "https://my.telegram.org, logged in with the seller's phone > API development tools: App api_id, a number.",
        TELEGRAM_API_HASH:
          'the same page: App api_hash, 32 characters. Keep it as a password: it cannot be revoked.',
        TELEGRAM_PHONE:
          "the seller's number with + and country code. An account that you can afford to lose: nothing guarantees its life.",
        OPENAI_BASE_URL:
          'only for another service that speaks as OpenAI does; empty: OpenAI itself. OpenAI does not serve every country, Russia among them.',
        OPENAI_API_KEY:
          'platform.openai.com > API keys > Create new secret key. It is shown once. The account needs credit: Settings > Billing.',
        OPENAI_MODEL: 'the model that thinks up answers; Enter takes the one that was tried here.',
        ANTHROPIC_BASE_URL:
          'only for another service that speaks as Anthropic does; empty: Anthropic itself. Anthropic does not serve every country, Russia among them.',
        ANTHROPIC_API_KEY:
          'platform.claude.com > API keys > Create key. It is shown once. The account needs credit. Claude answers when OpenAI fails.',
        ANTHROPIC_MODEL: 'the model that answers when OpenAI fails; Enter takes the one that was tried here.',
        TRANSCRIPTION_URL: 'a service with /audio/transcriptions as OpenAI has it.',
        TRANSCRIPTION_KEY: 'its key; - for none. Enter takes the key of OpenAI.',
        TRANSCRIPTION_MODEL: 'the model that turns speech into text.',
        GOOGLE_CALENDAR_EMAIL:
          "the id of the calendar that is booked; of a main calendar that is its owner's address. Else: Google Calendar > Settings of the calendar > Integrate calendar > Calendar ID.",
        GOOGLE_CLIENT_ID:
          'console.cloud.google.com, a project with Google Calendar API enabled > Credentials > Create credentials > OAuth client ID > Desktop app. Publish the consent screen (In production, or Internal in a Workspace): in Testing the login ends after 7 days.',
        GOOGLE_CLIENT_SECRET: 'of the same client; it may be shown only once, so download its JSON.',
        GOOGLE_REFRESH_TOKEN:
          'Enter: you open an address in the browser of this machine, as the owner of the calendar, and allow everything that is asked. Or paste a token that you have.',
        GOOGLE_SERVICE_ACCOUNT_FILE:
          'the path of the JSON key: console.cloud.google.com > IAM & Admin > Service Accounts > Keys > Add key. The file is given once. A super admin delegates to it: docs/google-calendar-integration.md.',
        GOOGLE_SERVICE_ACCOUNT_SUBJECT:
          'as whom the service account acts, when that is not the address of the calendar; empty: as that address. - empties it.',
      },
      login: 'Enter or login: log in now',
      openAddress: 'Open this address as the owner of the calendar:',
      isNeeded: 'This is needed; Ctrl-C leaves.',
      isSimulated: "A value with mock_ is the simulator's: the real one is wanted here.",
      checking: 'Trying it...',
      fill: 'Make what is missing in the account now? [Y/n]',
      yes: 'y yes',
      whatNow: '1 again (Enter), 2 keep it anyway, 3 leave this as it was: ',
      leftAsItWas: 'Left as it was.',
      written: ({ names, file }: { names: string; file: string }) => `Written: ${names} -> ${file}`,
      overridden: (name: string) =>
        `${name} is set in the environment of this terminal too, and that wins over the file: unset it there.`,
      publicSecret: (name: string) =>
        `${name} is public or easily guessed. Empty it, so that the next start makes a secret one? [Y/n]`,
      notWritable: ({ file, reason }: { file: string; reason: string }) =>
        `${file} cannot be written (${reason}). Give your user the right to write it and its folder, or name another file: --env FILE`,
      left: (file: string) => `Left. What was checked stands in ${file}; npm run setup goes on from there.`,
      table: {
        part: 'integration',
        state: 'real or simulated',
        checked: 'checked how',
        next: 'next step',
        mend: 'mend it, see below',
      },
      how: {
        none: 'nothing to check',
        amocrm: 'account, rights, stages, fields, webhooks read',
        atStart: 'not here: at the next start',
        bot: 'the bot asked who it is',
        userbot: 'api_id and api_hash tried, nobody logged in',
        model: 'one tiny question, as the workflow asks',
        google: 'token, busy times, a test event made and removed',
      },
      steps: {
        nothing: 'none',
        start: 'npm start',
        amocrm: 'npm start, then npm run amocrm -- subscribe --to https://your-address',
        bot: 'npm start',
        secretary:
          'npm start; the owner connects the bot in Telegram: Settings > Telegram Business > Chatbots',
        userbot: 'npm start, then npm run telegram -- login',
      },
      settings: 'Settings',
      mixed: (names: string) =>
        `Telegram is real and this is simulated: ${names}. Real people would be answered with invented things: make it real before the first lead.`,
      allGood:
        'Nothing is wrong. With real keys a new installation works guests only: mode in config/business.yaml says whom.',
      notAllGood:
        'Something has to be mended: the lines with ✘ say what and how. Then: npm run setup -- --check',
    },
    demo: {
      person: 'lead',
      assistant: 'assistant',
      done: 'The meeting is in the calendar, the amoCRM card is up to date.',
      notMoved: 'The meeting was not moved in time.',
      notDone: 'The lead did not reach a meeting in time.',
      created: 'New lead in amoCRM',
      event: 'Google Calendar',
      card: 'amoCRM card',
      opens: 'the lead opens the link',
    },
  },
}

/** What is said about a workflow in n8n's editor. */
export type WorkflowWords = { name: string; address: string; reason: string }
/** `when` is empty where nobody knows the end. */
type TelegramTrouble = { account: string; detail: string; when: string }

export type Texts = typeof en

/** To who writes in none of our languages: in English, whatever the lead's language was before. `ours`: "English or Russian". */
export const toForeigner = (ours: string): string =>
  `Thank you for your message! I can only write in ${ours} here, so I am passing it to a colleague, who will answer you soon.`
