/** What people say, by what it is for; the words are in phrases.yaml. */
export const phraseNames = [
  'hello',
  'price',
  'bot',
  'want time',
  'take',
  'agree',
  'other time',
  'move',
  'cancel',
  'back',
  'no',
  'stop',
  'human',
  'later',
  'thanks',
] as const
export type PhraseName = (typeof phraseNames)[number]
