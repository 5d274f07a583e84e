type Account = Record<string, string>

const accounts: Record<'ru' | 'com' | 'old', Account> = {
  ru: {
    'account[subdomain]': 'mycompany',
    'account[id]': '31000001',
    'account[_links][self]': 'https://mycompany.amocrm.ru',
  },
  com: {
    'account[subdomain]': 'mycompany',
    'account[id]': '31000001',
    'account[_links][self]': 'https://mycompany.amocrm.com',
  },
  old: { 'account[subdomain]': 'mycompany' },
}

const card = {
  id: '501',
  name: 'Заявка с сайта',
  status_id: '3003',
  old_status_id: '3002',
  price: '0',
  responsible_user_id: '9000002',
  last_modified: '1790000000',
  modified_user_id: '0',
  created_user_id: '0',
  date_create: '1790000000',
  pipeline_id: '3000',
  account_id: '31000001',
  'tags][0][id': '11',
  'tags][0][name': 'site',
  'custom_fields][0][id': '801',
  'custom_fields][0][name': 'Город',
  'custom_fields][0][values][0][value': 'Казань',
  'custom_fields][1][id': '802',
  'custom_fields][1][values][0': '1729717200',
  'custom_fields][2][id': '803',
  'custom_fields][2][values][value': '2',
  'custom_fields][2][values][enum': '5502',
  'custom_fields][3][id': '804',
  'custom_fields][3][values][0][value': '12.01.1980',
  created_at: '1790000000',
  updated_at: '1790000000',
}
const contact = {
  id: '601',
  name: 'Анна & Ко + партнёры',
  responsible_user_id: '9000002',
  'linked_leads_id][501][ID': '501',
  'custom_fields][0][id': '701',
  'custom_fields][0][name': 'Телефон',
  'custom_fields][0][values][0][value': '+79990001122',
  'custom_fields][0][values][0][enum': '5501',
  'custom_fields][0][code': 'PHONE',
  company_name: '',
  created_at: '1790000000',
  updated_at: '1790000000',
  type: 'contact',
}
const note = {
  'note][id': '7001',
  'note][text': 'Позвонил, не дозвонился',
  'note][note_type': '4',
  'note][element_type': '2',
  'note][element_id': '501',
  'note][created_by': '9000002',
  'note][date_create': '2026-09-21 16:33:20',
  'note][metadata': '{"event_source":{"id":9000002,"author_name":"Мария","type":1}}',
  'note][created_at': '1790000000',
}
const task = {
  id: '8001',
  element_id: '501',
  element_type: '2',
  task_type: '1',
  text: 'Перезвонить',
  status: '0',
  complete_till: '2026-09-21 13:33:20',
  complete_before: '1790000000',
  'result][id': '1',
  'result][text': 'готово',
}
const talk = {
  talk_id: '1',
  contact_id: '601',
  chat_id: 'a-b-c',
  entity_id: '501',
  entity_type: 'lead',
  is_in_work: '1',
  origin: 'telegram',
}
const message = {
  id: '9b1d',
  chat_id: 'a-b-c',
  contact_id: '601',
  text: 'Здравствуйте 😀',
  element_type: '2',
  element_id: '501',
  type: 'incoming',
  'author][id': 'x',
  'author][type': 'external',
  'attachment][type': 'voice',
  'attachment][link': 'https://files.example/1',
}
const unsorted = {
  uid: 'u1',
  category: 'forms',
  'source_data][form_name': 'Форма',
  'data][leads][0][name': 'Заявка',
  pipeline_id: '3000',
  lead_id: '502',
  created_at: '1790000000',
}

const at = (place: string, fields: Record<string, string>) =>
  Object.fromEntries(Object.entries(fields).map(([name, value]) => [`${place}[${name}]`, value]))
const form = (account: Account, groups: Record<string, string>, accountLast = false) =>
  new URLSearchParams(accountLast ? { ...groups, ...account } : { ...account, ...groups }).toString()

const kinds: Record<string, Record<string, string>> = {
  ...Object.fromEntries(
    ['add', 'update', 'status', 'responsible', 'restore'].map((action) => [
      `leads ${action}`,
      at(
        `leads[${action}][0]`,
        action === 'responsible' ? { ...card, old_responsible_user_id: '9000003' } : card,
      ),
    ]),
  ),
  'leads delete': at('leads[delete][0]', { id: '501', status_id: '3003', pipeline_id: '3000' }),
  'leads note': at('leads[note][0]', note),
  'a note whose type is text and parent': {
    ...at('leads[note][0]', note),
    'leads[note][0][note][note_type][message_uuid]': 'abc',
  },
  'a call as note': at('leads[note][0]', { ...note, 'note][note_type': '10' }),
  'contacts add': at('contacts[add][0]', contact),
  'contacts update': at('contacts[update][0]', { ...contact, old_responsible_user_id: '9000003' }),
  'contacts delete': at('contacts[delete][0]', { id: '601', type: 'contact' }),
  'a company': at('contacts[update][0]', { ...contact, type: 'company' }),
  'contacts note': at('contacts[note][0]', { ...note, type: 'contact' }),
  'task add': at('task[add][0]', task),
  'task update': at('task[update][0]', { ...task, status: '1' }),
  'task delete': at('task[delete][0]', { id: '8001' }),
  'talk add': at('talk[add][0]', talk),
  'talk update': at('talk[update][0]', talk),
  'message add': at('message[add][0]', message),
  'unsorted add': at('unsorted[add][0]', unsorted),
  'unsorted accepted': at('unsorted[delete][0]', {
    uid: 'u1',
    action: 'accept',
    'accept_result][leads][0': '502',
  }),
  'unsorted declined': at('unsorted[delete][0]', {
    uid: 'u1',
    action: 'decline',
    'decline_result][leads][0': '502',
  }),
  'digital pipeline': at('leads[status][0]', {
    id: '501',
    status_id: '3003',
    pipeline_id: '3000',
    old_status_id: '3002',
    old_pipeline_id: '3000',
  }),
  'several items, actions and entities': {
    ...at('leads[update][0]', card),
    ...at('leads[update][1]', { ...card, id: '503' }),
    ...at('leads[status][0]', card),
    ...at('contacts[update][0]', contact),
    ...at('task[add][0]', task),
  },
}

/** A made-up body of every kind of hook that amoCRM and Kommo send, as it stands on the wire, by name. */
export const hookBodies: [name: string, body: string][] = Object.entries(kinds).flatMap(([name, groups]) => [
  [`${name} (ru)`, form(accounts.ru, groups)] as [string, string],
  [`${name} (com)`, form(accounts.com, { ...groups, extra: '' }, true)] as [string, string],
  [`${name} (old)`, form(accounts.old, groups, true)] as [string, string],
])
