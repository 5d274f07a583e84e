import type { SetUp } from '@lead/contract/console'
import type { App } from '../app.ts'
import { calendarsOf } from '../google/google-access.ts'

/** What is set up, without asking anybody. */
export function readSetUp(app: App): SetUp {
  const { business, config } = app
  const { mocks, modelPlaces, models, n8nUrl, google } = config
  return {
    production: config.production,
    company: {
      name: business.company.name,
      timeZone: business.timeZone,
      sellers: business.sellers.map((seller) => ({
        id: seller.id,
        name: seller.name,
        calendar: calendarsOf({ sellers: [seller] }, google.calendarEmail).join(', '),
      })),
      mode: app.mode,
    },
    integrations: [
      { name: 'amocrm', isSimulated: mocks.amocrm, way: new URL(config.amocrm.baseUrl).host },
      { name: 'telegram', isSimulated: mocks.telegram, way: config.telegram.mode },
      {
        name: 'google',
        isSimulated: mocks.google,
        way: google.serviceAccount?.subject ?? google.calendarEmail,
      },
      {
        name: 'models',
        isSimulated: [modelPlaces.openai, modelPlaces.anthropic].some((place) => place?.isSimulated),
        way: `${models.openai.name}, ${models.anthropic.name}`,
      },
      { name: 'n8n', isSimulated: false, way: config.n8nEditorUrl ?? n8nUrl },
    ],
    mayLogIn: app.telegram.login !== null,
    knowledge: business.knowledge.length,
  }
}
