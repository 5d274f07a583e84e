import { ALL_DAY, rule, type Atom, type Relation, type Rule } from '../model.ts'
import { postfix } from '../postfix.ts'
import { NUMBER } from './numbers.ts'

const word: Atom = { is: 'word', text: '' }
const relation = (value: Relation): (() => Atom) => {
  return () => ({ is: 'relation', relation: value })
}

/** Something that a range can start with. */
const isEnd = (before: Atom[]): boolean =>
  ['day', 'number', 'clock', 'part', 'span', 'days', 'join'].includes(before.at(-1)?.is ?? '')

/** Greetings, rates and other phrases that only look like times. Tried before everything else. */
export const idiomRules: Rule[] = [
  rule('and (?:change|a bit|something)', () => ({ is: 'doubt' })),
  // A time that hangs on something else.
  rule(
    "(?:when|once|as soon as|after|before|until|till)(?= (?:i|we|he|she|they|my|our|his|her)(?:'\\p{L}+)? )",
    () => ({
      is: 'doubt',
    }),
  ),
  rule('lunch(?= (?:is )?(?:at|from) \\d)', () => ({ is: 'doubt' })),
  // A condition that is only polite.
  rule(
    "(?:only )?if (?:possible|available|so|ok(?:ay)?|free|anything|(?:that|it|this)(?:'s| is)? (?:all ?right|ok(?:ay)?|fine|good|possible|convenient|works?|suits?)(?: for you| with you| you)?|you(?:'re| are) (?:free|available|ok(?:ay)?|around|up for it)|you (?:can|like|want|don't mind|could|have (?:time|a (?:slot|moment|minute)|any (?:slots?|time|availability)))|there(?:'s| is) (?:a slot|time|availability))|(?:and |so )?what if",
    () => word,
  ),
  // A choice that is left to the reader.
  rule(
    '(?:am|pm) or (?:am|pm)|(?:in the )?(?:morning|afternoon|evening) or (?:the )?(?:morning|afternoon|evening)(?= ?[?])',
    (m) => (/^[ap]m/u.test(m[0]!) ? { is: 'doubt' } : null),
  ),
  rule(
    '(?:on (?:vacation|holiday|leave|a (?:trip|call|flight|train|plane|break))|in (?:a |an? \\p{L}+ )?(?:meetings?|class|session|court|transit)|(?:travel+ing|flying|away|offline|tied up|out)(?= (?:until|till|til|on|next|this|from|all|tomorrow|today|monday|tuesday|wednesday|thursday|friday)))',
    () => ({
      is: 'refusal',
    }),
  ),
  rule(
    '(?:usually|normally|typically|generally|most days|(?:work|open) (?:on )?weekdays|week ?nights?|every(?= (?:other )?(?:mon|tue|wed|thu|fri|sat|sun|morning|afternoon|evening)))',
    () => ({
      is: 'doubt',
    }),
  ),
  rule(
    "(?:finish(?:es|ed)?|get off|off work|get home|get back|(?:(?:be|am|are|i'm|we're) )?back|return(?:ing)?|land(?:ing)?|arriv(?:e|ing)|leav(?:e|ing)|start work(?:ing)?|work)(?= (?:work |home |from work |in the office )?(?:at|on|by|until|till|around|about|from|tomorrow|monday|tuesday|wednesday|thursday|friday|next))",
    () => ({
      is: 'doubt',
    }),
  ),
  rule(
    '(?<=(?:any|every) (?:\\p{L}+ ){0,4})but(?= (?:on |for |not )?(?:mon|tue|wed|thu|fri|sat|sun|the \\d))',
    () => ({
      is: 'not',
    }),
  ),
  rule(
    "(?:(?:or|and) )?if (?:not|(?:it's |that's |you're )?(?:busy|taken|booked|full)|that doesn't work|that does not work|it doesn't work),?(?: then)?|otherwise|failing that",
    () => ({
      is: 'join',
      join: 'or',
    }),
  ),
  // The hour it is there tells a zone.
  rule(
    `(?:it's|it is)(?: now| already)? ${NUMBER}(?::[0-5]\\d)? ?(?:[ap]m )?(?:here|now|for me|over here|where i am)`,
    () => ({
      is: 'doubt',
    }),
  ),
  // Counted from another time that this text does not name.
  rule(
    `(?:(?:${NUMBER}|an?|half an|a couple of|a few) (?:minutes?|mins?|hours?|hrs?|days?|weeks?)|\\d{1,3}-?(?:minutes?|mins?|hours?|hrs?|h)) (?:(?:later|earlier|sooner)(?! than)|(?:before|after)(?! (?:\\d|noon|midday|midnight|now|today|tomorrow|${NUMBER})))|by (?:an?|half an|${NUMBER}) (?:hours?|minutes?|days?|weeks?)`,
    () => ({ is: 'doubt' }),
  ),
  rule('(?:at |around )?(?:this|(?:the )?same) (?:time|hour)', () => ({ is: 'doubt' })),
  rule(
    '(?:i|we|you|they) (?:already |have |had )?(?:called|emailed|wrote|spoke|talked|texted|messaged|met)',
    (_, before) =>
      before.some(({ is }) => is === 'day' || is === 'span' || is === 'clock') ? { is: 'mention' } : null,
  ),
  // What was at a time is no wish for one.
  rule('(?:was|were|had been)(?= (?:\\p{L}+ ){0,3}(?:on|in|at|last|from|since|until) )', () => ({
    is: 'mention',
  })),
  rule(
    "(?:i|we|you|they|he|she|who)(?: already| just| have| had|'ve)? (?!need|want|wonder|hope|wait|ask(?!ed)|prefer|feed|schedul|book|plann)(?:\\p{L}{2,}ed|sent|wrote|spoke|met|told|had|got|came|went|saw|bought|paid|left|gave|did)(?=(?: [\\p{L}']+){0,4} (?:(?:on|at|in|around|since|from|during) (?:the )?(?:\\d|noon|mon|tue|wed|thu|fri|sat|sun)|(?:(?:on|in|since|from) )?(?:the )?(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)|last))",
    () => ({ is: 'mention' }),
  ),
  rule('1/2 (?:an )?hours?', () => word),
  // How long it takes: "30 minutes on Monday morning".
  rule(
    `(?<!(?:in|within|after|for|next|every|about|around|by|until|till) )${NUMBER}(?: |-)?(?:minutes?|mins?|hours?|hrs?)(?= (?:on |this |next )?(?:tomorrow|today|morning|mon|tue|wed|thu|fri|sat|sun|the \\d))`,
    () => word,
  ),
  rule('half an hour(?! (?:before|after|earlier|later|past|from))', () => word),
  // "Any day after seven" is about the coming ones, unless others are named.
  rule(
    '(?:on )?(?:any (day|weekday|workday)|every day)(?= (?:but|except))|(?:on )?any (day|weekday|workday)',
    (m, before) =>
      before.some(({ is }) => is === 'day' || is === 'days' || is === 'span')
        ? word
        : { is: 'span', span: { unit: (m[1] || m[2] || 'day') === 'day' ? 'days' : 'workdays', offset: 0 } },
  ),
  rule(
    'one (?:day|week|month)(?= ?(?:$|[.,!?]))|(?:any|some|which|what|whole|entire|full|another|other|that|same) (?:day|weekday|workday|week|month|hour)s?(?: of)?',
    () => word,
  ),
  rule(
    '(?:born|started|founded|launched|called|waited|met|talked|spoke|emailed|wrote|visited|bought|was|were)(?= (?:on|in|at|until|till|since|around|from|there))|(?:launch|deadline|due date|due|release|event|conference|wedding|birthday|exhibition|exam|webinar)(?= (?:is|on|by|in|this|next|at))',
    () => ({
      is: 'mention',
    }),
  ),
  rule(
    "(?:i'll|i will|we'll|we will|let me) (?:let you know|get back to you|think|decide|check|text|message|write|email|ping|call you|confirm)(?: (?:it|you|again))?",
    () => ({
      is: 'doubt',
    }),
  ),
  rule(
    "i(?:'ve| have)(?: already)?(?: got)? (?:a|an|another) (?:\\p{L}+ )?(?:meeting|call|appointment|class|flight|lesson|interview|exam|event)",
    () => ({
      is: 'refusal',
    }),
  ),
  // What they do until then is no wish; "then I am free" says what is.
  rule("(?:i'm|i am|we're|we are) (?:working|at work|in the office|at school)", () => ({ is: 'refusal' })),
  rule(
    '(?:until what time|till what time|how late|what hours|when (?:do|are) you (?:open|close|work))',
    () => ({ is: 'doubt' }),
  ),
  rule(
    '(?:delivery|shipping|turnaround|set-?up|onboarding|installation|trial|lead time|warranty|refund)(?= (?:\\p{L}+ ){0,2}(?:in|within|takes?|\\d))',
    () => ({ is: 'doubt' }),
  ),
  rule(
    '(?:my |our )?(?:vacation|holidays?|trip|leave|break)(?= (?:is |are )?(?:from|until|till|to|through) )',
    () => ({
      is: 'refusal',
    }),
  ),
  rule('cancel(?:led|ed|ling|ing|s)?', () => ({ is: 'refusal' })),
  rule(
    "(?<=(?:mov|reschedul|shift|push|chang|switch)(?:e|ed|ing)?(?: [\\p{L}']+){0,3} )from(?= .* to )",
    () => [
      { is: 'not', instead: true },
      { is: 'relation', relation: 'about' },
    ],
  ),
  rule(
    '(?<=(?:mov|reschedul|shift|push|chang|switch)(?:e|ed|ing)?(?: [^ ,.]+){0,6} )to(?= )',
    relation('at'),
  ),
  rule('good (?:morning|afternoon|evening|night|day)', () => [word, { is: 'stop' }]),
  rule(
    '(?:have a |enjoy (?:your|the) |happy |thanks for |thank you for )(?:\\p{L}+ )?(?:monday|tuesday|wednesday|thursday|friday|saturday|sunday|day|evening|morning|afternoon|weekend|week|night|one)',
    () => word,
  ),
  rule(
    `(?:${NUMBER}|once|twice|several times) (?:times )?(?:a|per|every|each) (?:day|week|month|year|hour)`,
    () => word,
  ),
  rule('(?:all|the whole|the entire) day(?: long)?', (_, before) =>
    before.at(-1)?.is === 'day' ? ALL_DAY : word,
  ),
  rule('(?:per|all) (?:day|week|month|year|hour|morning)', () => word),
  rule('every day(?= (?:this|next|of) )', () => word),
  // "100 leads every day" is a rate, "every day before noon" a habit.
  rule('(?:every|each)(?: single)? (?:day|week|month|year|hour)(?! (?:this|next|of) )', (_, before) => {
    const last = before.at(-1)
    return last?.is === 'word' && /^\p{L}{4,}$/u.test(last.text) ? word : { is: 'doubt' }
  }),
  rule('(?:any ?time|any ?day|anything|all days|any of them) (?:but|except)(?: for| on)?', () => ({
    is: 'not',
  })),
  rule('(?:nothing|no)(?= (?:on )?(?:mon|tues|wednes|thurs|fri|satur|sun)days?)', () => ({ is: 'not' })),
  rule(
    "(?:is|are|looks|'s) (?:out|bad|tough|hard|difficult|full|packed|off|no good|not (?:good|great|ideal|an option))",
    () => ({
      is: 'refusal',
    }),
  ),
  rule('(?:how|what) about', () => ({ is: 'word', text: 'how' })),
  rule(`(?:party|group|team|family|table|crew|staff) (?:of|for) ${NUMBER}`, () => word),
  rule(
    `(?:kid|son|daughter|child|baby|boy|girl|he|she)(?:'s| is| just turned| turned) ${NUMBER}`,
    () => word,
  ),
  rule('(?:would be|is|are|works|sounds?|even) (?:better|best)(?! than)', () => word),
  // How long: "3 of us, 2 hours, Saturday".
  rule(`(?:(?<![^])|(?<=, ))${NUMBER} (?:hours?|minutes?|mins?)(?=,)`, () => word),
  rule('the sun|in the sun|sat (?:down|up|through|with|in)', () => word),
  rule(
    `(?:work(?:ing)?|open|available|office hours)(?: hours)?(?: are)? (?:from )?${NUMBER}(?: ?am)? ?(?:to|till|until|-) ?${NUMBER}(?: ?pm)?`,
    (m) => (m[0]!.startsWith('available') ? null : word),
  ),
  rule(
    '24/7|24x7|at once|at first|at least|at most|at last|at all|at (?:any|one|some|this|that) point',
    () => word,
  ),
  rule(
    'one (?:of|more|thing|time|day)|no one|at one with|one-?on-?one|in a second|give me (?:a|one|1) \\p{L}+',
    () => word,
  ),
  rule(
    `for (?:about |around )?(?:${NUMBER}|an?|half an|a couple of)(?: |-)(?:minutes?|mins?|hours?|hrs?|days?|weeks?|months?|years?)`,
    // "From 3 for an hour": it does not go on all day.
    (_, before) => {
      const start = before.at(-2)
      return start?.is === 'relation' && start.relation === 'from' ? [word, { is: 'doubt' }] : word
    },
  ),
  rule(`(?:${NUMBER})(?: |-)(?:minutes?|mins?|hours?|hrs?)(?: call| meeting| chat| demo| long)`, () => word),
  rule('any ?time(?: of day)?|some ?time|whenever', () => word),
  rule('may (?:i|we|be|you|not|have|need)|march (?:on|in|out)|in the meantime', () => word),
]

/** "Not later than Friday" is a limit; "not later today" refuses a time that is called so. */
const limitBy = (edge: string) =>
  `(?:${edge})(?: than|(?! (?:today|tonight|tomorrow|on|in|this|that)(?![a-z])))`

/** Prepositions of time and what joins, corrects or refuses. */
export const relationRules: Rule[] = [
  // A span from now or a time of day?
  rule('in(?= \\d{1,2}:\\d\\d)', () => ({ is: 'doubt' })),
  rule(
    `(?:no(?:t)?|nothing|never|no (?:calls?|meetings?)) (?:before(?: than)?|${limitBy('earlier|sooner')})|not until|not till`,
    relation('from'),
  ),
  rule(
    `(?:nothing|never|no (?:calls?|meetings?)) (?:(?:after|past)(?: than)?|${limitBy('later')})`,
    relation('until'),
  ),
  rule('(?:or|and) (?:any ?time )?(?:later|after|onwards?)(?! \\d)|onwards?', (_, before) =>
    postfix(before, 'from'),
  ),
  rule('or (?:any ?time )?(?:earlier|before|sooner)(?! \\d)', (_, before) => postfix(before, 'until')),
  rule(
    'than(?= (?:on )?(?:mon|tue|wed|thu|fri|sat|sun|tomorrow|today))|(?:better |rather |sooner )than|instead of|over(?= (?:mon|tues|wednes|thurs|fri|satur|sun)day)',
    () => ({ is: 'not', instead: true }),
  ),
  rule(`no(?:t)? ${limitBy('later')}|not after`, relation('until')),
  rule('starting(?: from| at| on)?|as of|from|since', relation('from')),
  rule(
    "(?:(?:i'm |i am )?(?:free|available|ok|good) |any ?time )?(?:after(?:wards?| that)?|from then(?: on)?)(?= ?(?:$|[.!?]))|(?:then|after(?:wards?| that)?)(?= (?:i'm |i am |we're )?(?:free|available|good|ok))",
    (_, before) => (before.length > 0 ? { is: 'afterwards' } : null),
  ),
  rule('(?:any ?time )?(?:after|past)|later than|onwards? from', relation('after')),
  rule('(?:any ?time )?before|earlier than|prior to', relation('before')),
  rule('by|until|till|til|up to|no later than', relation('until')),
  rule('(?:some ?where )?(?:in )?between', relation('between')),
  rule(
    'around|about|roughly|approximately|approx\\.?|circa|close(?:r)? to|near(?:er)?(?: to)?(?= \\d)|ish|maybe around',
    relation('about'),
  ),
  rule('through|thru', (_, before) => ({ is: 'relation', relation: isEnd(before) ? 'to' : 'until' })),
  rule('to', relation('to')),
  rule('at|on|@', relation('at')),
  rule('or(?: else)?', () => ({ is: 'join', join: 'or' })),
  rule('and|&|plus', () => ({ is: 'join', join: 'and' })),
  rule(
    "can't wait|cannot wait|why not|why don't we|wouldn't mind|don't mind|not a problem|no problem|no worries|can't we|don't forget|didn't \\p{L}+",
    () => word,
  ),
  // "Wednesday at six no good?" asks for that time.
  rule(
    "(?:any chance|no good|not possible|not an option|not free|not good|unavailable|busy|taken|booked|doesn't work|does not work|won't work|out of the question)(?: for you)?(?= ?[?])",
    () => ({ is: 'doubt' }),
  ),
  rule(
    "(?:i |we )?(?:can't|cannot|can not|cant|won't|will not|couldn't|am not|i'm not|isn't|is not|not) (?:able|available|free|work|working|make|do|possible|good|make it)?|doesn't work|does not work|don't work|do not work|unavailable|out of office|on (?:vacation|holiday|leave)|away|busy|booked|no good|unable",
    (m) => (m[0]!.trim() === 'not' ? { is: 'not' } : { is: 'refusal' }),
  ),
  // "Today is no good, tomorrow either"
  rule('(?:either|neither|as well|too)(?= ?(?:$|[.,!?;]))', (m, before) =>
    before.some(({ is }) => is === 'refusal') ? { is: 'refusal' } : m[0] === 'neither' ? { is: 'not' } : word,
  ),
  rule('not (?:too|so|very) (?:early|late|soon)', () => word),
  rule("(?:doesn't|does not|don't|do not)(?= ?(?:$|[.,!?;]))", () => ({ is: 'refusal' })),
  rule(
    "can't|cannot|won't|isn't|(?:don't|do not) (?:call|text|message|write|disturb|bother)|(?:not|no)(?= ?(?:$|[.,!?;]))",
    (m, before) => (m[0]!.startsWith('no') && !isEnd(before) ? null : { is: 'refusal' }),
  ),
  // "At 3 *4": what messengers correct with.
  { pattern: /(?<![\p{L}\d*])\*(?=[\p{L}\d])/uy, read: () => ({ is: 'correction' }) },
  rule(
    'neither|nor|not|except(?: for)?|anything but|but not(?! (?:before|until|till|earlier|sooner|after|later))',
    () => ({ is: 'not' }),
  ),
  rule(
    'no wait|wait|actually|o+ps|whoops|preferably|ideally|apologies|pardon(?: me)?|my (?:bad|mistake)|typo|sorry|rather|i mean|i meant|scratch that|make it|better yet|better|or better|correction|instead of that|no(?=,| )|on second thought',
    () => ({ is: 'correction' }),
  ),
  // The number of an item of a list.
  rule('(?:(?<![^\\n])|(?<=[.!?;] ))\\d[.)](?= \\p{L})', () => [word, { is: 'stop' }]),
]
