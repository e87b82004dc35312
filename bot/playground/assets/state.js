// What the page knows.

export const state = {
  words: JSON.parse(document.body.dataset.words),
  questions: JSON.parse(document.body.dataset.questions),
  locale: document.documentElement.dataset.locale,
  token: '', me: null, bot: null, guild: '', connected: false, online: true,
  channels: new Map(), people: new Map(), messages: new Map(), commands: [],
  current: '', unread: new Map(), dismissed: new Set(), typing: new Map(),
  local: [], // what only this tab shows: uses under way, and what went wrong
  replyTo: null, editing: null,
};

// t is a text of the page in the person's language; %s are filled in order.
export function t(key, ...values) {
  const text = state.words[key];
  if (text === undefined) return key;
  let n = 0;
  return text.replace(/%s/g, () => String(values[n++] ?? ''));
}

export const channel = () => state.channels.get(state.current);

// shown are the messages of a channel in order, without what the person has dismissed.
export const shown = (id) => [...(state.messages.get(id) || new Map()).values()].filter((m) => !state.dismissed.has(m.id));

export const clock = (ms) => new Intl.DateTimeFormat(state.locale, { timeStyle: 'short' }).format(ms);
export const day = (ms) => new Intl.DateTimeFormat(state.locale, { dateStyle: 'long' }).format(ms);
