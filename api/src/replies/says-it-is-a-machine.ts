import { words } from './compile-pattern.ts'

const machine = words(
  String.raw`(?:цифров|виртуальн|электронн|автоматическ|искусственн|программн|нейро)\p{L}*[\s-]*(?:ассистент|помощни|интеллект|секретар|менеджер|сотрудни|продав|консультант)\p{L}*|(?:чат[\s-]*)?бот(?:ом|а)?|робот(?:ом|а)?|программ(?:а|ой|у)|ии(?:[\s-](?:ассистент|помощник|бот)\p{L}*)?|нейросет\p{L}+|не\s+(?:живой\s+)?человек|автомат(?:ом)?`,
  String.raw`(?:digital|virtual|ai|automated|automatic|artificial|software|computer)[\s-](?:sales\s+)?(?:assistant|helper|agent|bot|program|intelligence|system)|chat\s?bot|bot|robot|program|ai|automated|machine|not\s+a\s+(?:human|person)`,
)
const self = words(
  String.raw`я|мной|мне|со\s+мной|вам\s+(?:\p{L}+\s+)?(?:пишет|отвечает)|с\s+вами|это`,
  String.raw`i|i['’]m|me|this|it['’]s|you\s+are\s+(?:talking|chatting|writing)`,
)
const denies = words(
  String.raw`не\s+(?:совсем\s+|просто\s+|какой-то\s+)?(?:чат[\s-]*)?(?:бот|робот|программа|автомат|машина|нейросеть|ии)\p{L}*`,
  String.raw`(?:not|no|never|isn['’]?t)\s+(?:really\s+|just\s+)?(?:a\s+|an\s+|some\s+|any\s+)?(?:chat\s?bot|bot|robot|program|ai|machine)`,
)

/** What we sell or they use. */
const product = words(
  String.raw`(?:наш|ваш|сво|их)\p{L}{0,4}\s+(?:\p{L}+[\s-]+)?(?:бот|робот|программ|ассистент|помощник|нейросет|ии)\p{L}*`,
  String.raw`(?:our|your|their|any|his|her|my)\s+(?:\p{L}+\s+)?(?:chat\s?bot|bot|robot|program|ai|software)(?:\s+assistant)?s?`,
)

const has = (pattern: RegExp, text: string) => text.search(pattern) >= 0

/** Whether a reply says of itself, in one sentence, that a machine writes. "Anna's assistant" may be a person. */
export const saysItIsAMachine = (reply: string): boolean =>
  reply
    .toLowerCase()
    .split(/(?<=[.!?;])\s+|\n/u)
    .filter((sentence) => !sentence.includes('?'))
    .map((sentence) => sentence.replaceAll(product, ' '))
    .some((sentence) => has(machine, sentence) && has(self, sentence) && !has(denies, sentence))
