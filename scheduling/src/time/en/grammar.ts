import type { Grammar } from '../model.ts'
import { notTimeRules } from '../not-time.ts'
import { typoFixer } from '../typos.ts'
import { clockRules } from './clock.ts'
import { dayRules } from './days.ts'
import { cardinal } from './numbers.ts'
import { elapsedRules, partRules, spanRules } from './periods.ts'
import { idiomRules, relationRules } from './words.ts'
import { zoneRules } from './zones.ts'

const TYPOS: Record<string, string> = {
  tommorow: 'tomorrow',
  tommorrow: 'tomorrow',
  tomorow: 'tomorrow',
  tomorro: 'tomorrow',
  tmorrow: 'tomorrow',
  tommorw: 'tomorrow',
  todya: 'today',
  tody: 'today',
  munday: 'monday',
  mondey: 'monday',
  teusday: 'tuesday',
  tusday: 'tuesday',
  wensday: 'wednesday',
  wendsday: 'wednesday',
  wedensday: 'wednesday',
  wednsday: 'wednesday',
  thrusday: 'thursday',
  thurday: 'thursday',
  firday: 'friday',
  fridey: 'friday',
  satruday: 'saturday',
  minuts: 'minutes',
  mintues: 'minutes',
  nxt: 'next',
  tonite: 'tonight',
  '2nite': 'tonight',
  tnite: 'tonight',
  evng: 'evening',
  wkend: 'weekend',
  thrsday: 'thursday',
  thrs: 'thursday',
  moday: 'monday',
  untill: 'until',
  untl: 'until',
  betwen: 'between',
  bewteen: 'between',
  thursdya: 'thursday',
  tuseday: 'tuesday',
  tuesady: 'tuesday',
  wendesday: 'wednesday',
  frday: 'friday',
  fryday: 'friday',
  wk: 'week',
  afernoon: 'afternoon',
  arvo: 'afternoon',
  mornin: 'morning',
}

const WORDS =
  'tomorrow monday tuesday wednesday thursday friday saturday sunday january february september october november december morning afternoon evening tonight'.split(
    ' ',
  )

// Real words one slip away from a word of time.
const CORRECT =
  /^(?:sundry|mondays|tuesdays|wednesdays|thursdays|fridays|saturdays|sundays|mornings|evenings|afternoons|warning|morons?|evened)$/u

export const english: Grammar = {
  lang: 'en',
  rules: [
    ...idiomRules,
    ...notTimeRules,
    ...zoneRules,
    ...elapsedRules,
    ...spanRules,
    ...dayRules,
    ...partRules,
    ...clockRules,
    ...relationRules,
  ],
  numberWord: cardinal,
  afterHour:
    /^(?:works?|please|pls|plz|okay|ok|is|would|will|if|for|sounds?|good|great|fine|then|with|i|we|you|thanks?|thx|instead|suits?|maybe|but|and|or|o|on|in|so|that|should|could|can|my|your|our|sharp|exactly|perfect|cool|yes|yeah|too|also|any|the|let|may|as|because|since|it|\)|\()$/u,
  quantity:
    /^(?:sqm|sq|ft|feet|cm|mm|km|kg|gb|tb|mb|inch(?:es)?|miles?|people|persons?|windows?|doors?|rooms?|employees?|users?|seats?|agents?|managers?|leads?|clients?|customers?|times?|floors?|offices?|locations?|projects?|options?|points?|percent|%|\$|€|£|usd|eur|dollars?|euros?|k|m|million|thousand|hundred|minutes?|mins?|hours?|hrs?|days?|weeks?|months?|years?|pages?|branches|teams?|calls?|meetings?|items?|products?|stores?|cities|countries|participants?|guests?|deals?|requests?|inquiries|messages?|steps?|reasons?|things?|questions?|of|more|other|different|new|years|yrs|st|nd|rd|th|x|per|am)$/u,
  timeWord:
    /^(?:next|following|(?:morn|aftern|evenin|tomor|tonig|monda|tuesd|wednes|thurs|frida|satur|sunda|januar|februar|septem|octob|novem|decem|midn)\p{L}+|minutes?|mins?|hours?|hrs?|seconds?|secs?|days?|weeks?|wks?|weekends?|months?|quarters?|years?|yrs?|fortnights?|am|pm|noon|midnight|morning|afternoon|evening|night|tonight|half|past|ago|hence|beginning|early|late|mid|(?:mon|tues|wednes|thurs|fri|satur|sun)days?|mon|tues?|wed|thu(?:rs?)?|fri|jan(?:uary)?|feb(?:ruary)?|april?|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?|today|tomorrow|yesterday|o'?clock|est|ist|ict|hst|ast|et|pt|ct|mt)$/u,
  meeting:
    /^(?:hi|hey|hello|can|could|will|would|may|might|do|does|am|are|i'm|i'd|i'll|we're|it's|that's|free|available|open to|time|slot|call|calls|ring|phone|talk|chat|speak|meet|meeting|demo|zoom|meet|catch|connect|discuss|book|schedule|set|move|reschedule|push|arrange|plan|come|visit|stop|drop|see|join|do|make|want|like|love|prefer|prefers|preferably|happy|able|possible|possibly|try|let|let's|lets|us|me|you|i|we|he|she|they|my|our|your|up|in|for|to|the|a|an|it|this|that|there|here|any|some|anything|whenever|only|just|maybe|probably|likely|ideally|best|better|good|great|fine|perfect|cool|nice|ok|okay|yes|yeah|yep|sure|works?|working|suits?|sounds?|please|pls|plz|thanks?|thx|with|and|or|but|so|if|then|latest|at|be|how|what|about|when|is|was|around|now|sometime|anytime|hours)$/u,
  caution:
    /^(?:if|unless|depends|depending|provided|assuming|every|each|daily|weekly|monthly|regularly|usually|mistyped|once|whether)$/u,
  denial:
    /^(?:no|not|never|nor|neither|except|without|(?:do|does|did|is|are|was|were|ca|wo|would|could|should|has|have)n't|dont|doesnt|wont|cant)$/u,
  rewrites: [
    // "Sept '27"
    [
      /((?:jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)\p{L}*\.?,?) '(2[4-9]|3\d)(?!\d)/gu,
      '$1 20$2',
    ],
    [/(?<!\p{L})(?:b\/w|btwn|btw(?= \d))(?!\p{L})/gu, 'between'],
    // "late Sunday evening"
    [
      /(?<!\p{L})(late|early) (tomorrow|(?:mon|tues|wednes|thurs|fri|satur|sun)day) (morning|afternoon|evening)/gu,
      '$2 $1 $3',
    ],
  ],
  typos: typoFixer(TYPOS, WORDS, CORRECT),
}
