import { texts } from '../../../texts/index.ts'
import { emailPattern, plainLine } from '../person/plain-line.ts'
import type { Language, Lead } from './lead.ts'

const longest = 80
const domain =
  /(?<![\p{L}\p{N}])[\p{L}\p{N}-]+(?:\.[\p{L}\p{N}-]+)*\.(?:[a-z]{2,}|xn--[a-z0-9-]+|рф|рус|онлайн|сайт|москва|бел|укр|қаз)(?![\p{L}\p{N}])\S*/giu

/** A name as others may see it in a title: one line, without links, addresses, handles and phones. Empty when nothing is left. */
export const withoutLinks = (name: string): string =>
  plainLine(name)
    .replaceAll(emailPattern, ' ')
    .replaceAll(/[a-z][a-z0-9+.-]*:\/\/\S*|www\.\S*/gi, ' ')
    .replaceAll(domain, ' ')
    .replaceAll(/\d{1,3}(?:\.\d{1,3}){3}\S*|@\S+/g, ' ')
    .replaceAll(/\+?\d[\d\s().-]{6,}\d/g, ' ')
    .replaceAll(/[\p{Cc}\p{Zl}\p{Zp}\s]+/gu, ' ')
    .trim()
    .slice(0, longest)
    .trim()

/** The lead's name in the title of a meeting, which guests see too. */
export const nameInTitle = (lead: Pick<Lead, 'contact_name' | 'name'>, language: Language): string =>
  withoutLinks(lead.contact_name ?? '') || withoutLinks(lead.name) || texts[language].event.leadWithoutName
