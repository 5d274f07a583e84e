/** What the lead and the card are told when a human moves or cancels a meeting, here or in the calendar. */
export const changeTexts = {
  ru: {
    moved: 'Встреча перенесена. Новое время: {when}.',
    gone: 'Встреча отменена. Если хотите выбрать другое время, просто напишите.',
    restored: 'Встреча снова в силе: {when}.',
  },
  en: {
    moved: 'The meeting was moved. The new time: {when}.',
    gone: 'The meeting was cancelled. If you would like another time, just write.',
    restored: 'The meeting is on again: {when}.',
  },
}
