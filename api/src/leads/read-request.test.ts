import assert from 'node:assert/strict'
import { test } from 'node:test'
import { contactSchema, leadSchema } from '../amocrm/answers.ts'
import { exampleBusiness } from '../testing/business.ts'
import { factsOfCard, readRequest } from './read-request.ts'

const field = (field_id: number, field_code: string | null, field_name: string, ...values: unknown[]) => ({
  field_id,
  field_code,
  field_name,
  values: values.map((value) => ({ value })),
})
const cardOf = (name: string | null, ofLead: object[], ofContact: object[] = []) => ({
  lead: leadSchema.parse({
    id: 1,
    name,
    status_id: 2,
    pipeline_id: 3,
    created_at: 1,
    updated_at: 1,
    custom_fields_values: ofLead,
  }),
  contact: contactSchema.parse({ id: 4, custom_fields_values: ofContact }),
})

test('a card says where the request came from, what the form asked, and what is no field of ours', () => {
  const card = cardOf(
    'Заявка с лендинга «Склад»',
    [
      field(1, 'UTM_SOURCE', 'utm_source', 'yandex'),
      field(2, 'UTM_CAMPAIGN', 'utm_campaign', 'brand_2026'),
      field(3, '_YM_UID', '_ym_uid', '167'),
      field(4, null, 'Сколько менеджеров?', '12'),
      field(5, null, 'Компания', 'ООО\n«Ромашка»'),
      field(6, 'NEED', 'Потребность', 'теряем заявки'),
      field(7, null, 'Когда', { date: 1 }),
      field(8, null, 'Пусто', ''),
    ],
    [
      field(9, 'PHONE', 'Телефон', '+79161234567'),
      field(10, 'POSITION', 'Должность', 'Коммерческий директор'),
    ],
  )
  assert.deepEqual(readRequest(card, exampleBusiness), {
    title: 'Заявка с лендинга «Склад»',
    source: 'yandex',
    answers: [
      { question: 'Сколько менеджеров?', answer: '12' },
      { question: 'Компания', answer: 'ООО «Ромашка»' },
      { question: 'Должность', answer: 'Коммерческий директор' },
    ],
  })
  assert.deepEqual(factsOfCard(card, exampleBusiness), { need: 'теряем заявки' })
})

test('a title that a program made up says nothing, and an empty card neither', () => {
  for (const name of ['Сделка #123', 'Lead 12', '#5', 'Новая сделка', null, ''])
    assert.deepEqual(readRequest(cardOf(name, []), exampleBusiness), {
      title: null,
      source: null,
      answers: [],
    })
})
