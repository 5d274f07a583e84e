import { plainLine, emailPattern } from './plain-line.ts'

/** First parts of a path on t.me that name no person. */
const notPeople = new Set(
  (
    's c m a k z joinchat addstickers addemoji addtheme addlist share proxy socks setlanguage bg login invoice iv confirmphone ' +
    'contact giftcode boost nft stories call auction telegram'
  ).split(' '),
)
/** Words that a bare value may be without being anybody's username. */
const plainWords = new Set(
  (
    'telegram telega whatsapp watsapp viber signal skype instagram insta facebook vkontakte twitter linkedin phone mobile number ' +
    'email username nickname login channel group unknown absent empty nobody undefined false available ' +
    'private hidden later please contact client customer lead-form website asdfg qwerty testing tests'
  ).split(' '),
)
const other =
  'instagram|insta|inst|инстаграмм?|инста|инст|vk|вк|вконтакте|whatsapp|вотсап|ватсап|twitter|твиттер|x|skype|скайп|linkedin|facebook|fb|viber|вайбер|tiktok|тикток|max|макс|discord|дискорд|почта|e-?mail'
const label =
  'telegram|tg|телеграмм?|телега|телеге|тг|тлг|ник|никнейм|nick|nickname|username|юзернейм|логин|login|аккаунт|account'

const link =
  /(?:https?:\/\/)?(?:www\.)?(?:t\.me|telegram\.(?:me|dog))(?:\/|(?=[?#]))([^\s,;<>"'()]*)|(?:https?:\/\/)([a-z0-9_]+)\.t\.me\b\/?|\b([a-z][a-z0-9_]+)\.t\.me\b\/?/gi
const app = /tg:(?:\/\/)?(resolve|[a-z]+)\/?\?([^\s,;<>"']*)/gi
const web = /(?:https?:\/\/)?web\.telegram\.org\/([^\s,;<>"']*)/gi
const anyAddress =
  /(?:https?:\/\/|www\.)\S+|(?<![\p{L}\p{N}])[\p{L}\p{N}-]+(?:\.[\p{L}\p{N}-]+)*\.(?:com|ru|net|org|io|me|рф)(?![\p{L}\p{N}])\S*/giu

export type TelegramField = {
  /** Without @, as written; null when the field names no person. */
  username: string | null
  /** What may hold phones: the numbers in links, and the words beside them. */
  rest: string
}

/** Reads a Telegram field: links of every form, `@name` with words around, a bare name. Channels, groups, bots and invites are no person. */
export function readTelegramField(value: string, isGivenName: (word: string) => boolean): TelegramField {
  const found: (string | null)[] = []
  const phones: string[] = []
  const take = (name: string | undefined, explicit = true) => {
    found.push(name === undefined ? null : asUsername(name, explicit))
    return ' '
  }
  const text = plainLine(value)
    .replaceAll(app, (_, action: string, query: string) => {
      const params = new URLSearchParams(query)
      if (params.get('phone')) phones.push(`+${params.get('phone')?.replace(/^\s*\+?/, '')}`)
      return take(
        action.toLowerCase() === 'resolve' && !params.has('post')
          ? (params.get('domain') ?? undefined)
          : undefined,
      )
    })
    .replaceAll(web, (_, path: string) => take(/#(?:\/im\?p=)?(?:@|%40)(\w+)$/i.exec(path)?.[1]))
    .replaceAll(link, (_, path: string | undefined, ...[secure, bare]: string[]) => {
      const [first = '', second] = decode(path ?? secure ?? bare ?? '')
        .replace(/[?#].*$/, '')
        .replace(/[.!:]+$/, '')
        .split('/')
      if (/^\+?\d[\d ()-]{6,}$/.test(first)) {
        phones.push(`+${first.replace(/^\+/, '')}`)
        return ' '
      }
      // What follows a name is a message of a channel.
      return take(second || notPeople.has(first.toLowerCase()) ? undefined : first.replace(/^@/, ''))
    })
    .replaceAll(/(?:https?:\/\/)?wa\.me\/\+?(\d+)\S*/gi, (_, digits: string) => {
      phones.push(`+${digits}`)
      return ' '
    })
    .replaceAll(anyAddress, ' ')
    .replaceAll(emailPattern, ' ')
  const username =
    found.find((name) => name !== null) ?? (found.length > 0 ? null : nameInWords(text, isGivenName))
  return { username, rest: [...phones, text.replaceAll(/@\s?\S+/g, ' ')].join('\n') }
}

function nameInWords(text: string, isGivenName: (word: string) => boolean): string | null {
  const explicit = new RegExp(
    String.raw`(?<![\p{L}\p{N}_.])(?:(${other})\s*[:.=–—-]*\s*)?@\s?([\p{L}\p{N}_]+)(?![\p{L}\p{N}_]|[.@-][\p{L}\p{N}])`,
    'giu',
  )
  for (const [, network, name] of text.matchAll(explicit)) {
    const username = name && !network && !isLabel(name) ? asUsername(name, true) : null
    if (username) return username
  }
  if (new RegExp(String.raw`(?<![\p{L}\d_])(?:${other})(?![\p{L}\d_])`, 'iu').test(text)) return null
  const beside = new RegExp(
    String.raw`(?:^|[\s(])([a-z][a-z0-9_]+)\s*(?:@|в|in|\()\s*(?:${label})(?!\p{L})`,
    'iu',
  ).exec(text)
  if (beside?.[1] && !plainWords.has(beside[1].toLowerCase())) return asUsername(beside[1], true)
  const labelled = new RegExp(
    String.raw`(?<![\p{L}\p{N}_])(?:${label})\s*[:.=–—-]*\s*([a-z][a-z0-9_]+)(?![\p{L}\p{N}_]|[.@-][\p{L}\p{N}])`,
    'iu',
  ).exec(text)
  if (labelled?.[1] && !isLabel(labelled[1])) return asUsername(labelled[1], false)
  const bare = text
    .replaceAll(/\([^)]*\)/g, ' ')
    .trim()
    .replace(/[.,;!]+$/, '')
    .replace(/^\//, '')
  // A name that people are called by is no username of a stranger of that name.
  if (/^\w+$/.test(bare) && !(/^[A-Z]/.test(bare) && isGivenName(bare))) return asUsername(bare, false)
  const looksMade = [
    ...text.matchAll(
      /(?<![\p{L}\p{N}_.@-])[a-z][a-z0-9_]*[_\d][a-z0-9_]*(?![\p{L}\p{N}_]|[.@-][\p{L}\p{N}])/giu,
    ),
  ]
  return looksMade.length === 1 ? asUsername(looksMade[0]?.[0] ?? '', false) : null
}

const isLabel = (word: string) => new RegExp(`^(?:${label}|${other})$`, 'iu').test(word)

/**
 * Telegram's rules: 5 to 32 Latin letters, digits and _, a letter first, no _ at the end nor twice in a row. Four letters exist
 * (collectible names) and count only where it says that it is a username. What ends in `bot` is a bot.
 */
function asUsername(name: string, explicit: boolean): string | null {
  const [least, lower] = [explicit ? 4 : 5, name.toLowerCase()]
  if (name.length < least || name.length > 32 || !/^[a-z]\w*$/i.test(name)) return null
  if (name.includes('__') || name.endsWith('_') || lower.endsWith('bot')) return null
  return !explicit && (plainWords.has(lower) || /^id\d+$/.test(lower)) ? null : name
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}
