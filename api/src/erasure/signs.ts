/** What a person is known by, each as `kind:value`. Ids are the outside systems' own; phones E.164; usernames without @, in small letters. */
export type Sign =
  `${'lead' | 'contact' | 'telegram' | 'phone' | 'username' | 'chat' | 'conversation'}:${string}`

/** Everything by which one person is found in our tables. */
export type Person = {
  leads: number[]
  contacts: number[]
  /** Their ids in Telegram. */
  peers: number[]
  phones: string[]
  usernames: string[]
  /** An address may be a whole company's: it finds text, but nobody is taken for the person by it. */
  emails: string[]
  conversations: number[]
  /** Of amoCRM's chats. */
  chats: string[]
}

export const signsOf = (person: Person): Sign[] => [
  ...person.leads.map((id): Sign => `lead:${id}`),
  ...person.contacts.map((id): Sign => `contact:${id}`),
  ...person.peers.map((id): Sign => `telegram:${id}`),
  ...person.phones.map((phone): Sign => `phone:${phone}`),
  ...person.usernames.map((name): Sign => `username:${name.toLowerCase()}`),
  ...person.chats.map((id): Sign => `chat:${id}`),
  ...person.conversations.map((id): Sign => `conversation:${id}`),
]
