import { adviceRules } from './rules/advice.ts'
import { boastsRules } from './rules/boasts.ts'
import { clientsRules } from './rules/clients.ts'
import { contactsRules } from './rules/contacts.ts'
import { freeRules } from './rules/free.ts'
import { mannersRules } from './rules/manners.ts'
import { paymentRules } from './rules/payment.ts'
import { pressureRules } from './rules/pressure.ts'
import { priceRules } from './rules/price.ts'
import { promisesRules } from './rules/promises.ts'
import { secretsRules } from './rules/secrets.ts'
import { selfRules } from './rules/self.ts'
import { timesRules } from './rules/times.ts'
import type { ReplyRule } from './reply-rule.ts'

/** What the model may not say, one kind a row, by subject in rules/. The name of a rule goes back to the model, which tries again. */
export const replyRules: ReplyRule[] = [
  ...contactsRules,
  ...secretsRules,
  ...paymentRules,
  ...priceRules,
  ...freeRules,
  ...promisesRules,
  ...boastsRules,
  ...adviceRules,
  ...pressureRules,
  ...timesRules,
  ...selfRules,
  ...clientsRules,
  ...mannersRules,
]
