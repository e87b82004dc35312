// What the page and the program say to each other: actions as JSON, changes as server-sent events.
import { state, t } from './state.js';

const kept = 'enlace.playground.person';

export const remembered = () => {
  try {
    return JSON.parse(sessionStorage.getItem(kept)) || {};
  } catch {
    return {};
  }
};

// enter makes this tab a person; wish: name, locale, admin.
export async function enter(wish) {
  const got = await post('/session', { token: state.token || '', ...wish });
  state.token = got.token;
  state.me = got.person;
  sessionStorage.setItem(kept, JSON.stringify({ token: got.token, name: got.person.name, locale: got.person.locale, admin: got.person.admin }));
  return got.person;
}

async function post(path, body) {
  let response;
  try {
    response = await fetch(path, {
      method: 'POST', credentials: 'omit', referrerPolicy: 'no-referrer', body: JSON.stringify(body),
      headers: { 'Content-Type': 'application/json', 'X-Playground-Session': state.token || '' },
    });
  } catch {
    throw new Error(t('error_offline'));
  }
  const got = await response.json().catch(() => ({}));
  if (!response.ok) throw new Error(problem(got.error));
  return got;
}

// problem is a refusal in the person's language; what the local Discord says itself is in English.
const problem = (code) => (code && state.words['error_' + code]) || code || t('error_unknown');

export const act = (deed, body) => post('/act/' + deed, body);

// inspect returns how the answer of a message came about, or the latest one of a channel; null where nothing is known of it.
export async function inspect(what) {
  const response = await fetch('/inspect?' + new URLSearchParams(what), { headers: { 'X-Playground-Session': state.token }, credentials: 'omit' });
  return response.ok ? response.json() : null;
}

// follow opens the stream of changes. A tab that nobody looks at gives its place up for a while: a browser has only six.
export function follow(handlers, again) {
  let source = null;
  let resting = null;
  const open = () => {
    clearTimeout(resting);
    resting = null;
    if (source) return;
    source = new EventSource('/events?session=' + encodeURIComponent(state.token));
    for (const [kind, f] of Object.entries(handlers)) source.addEventListener(kind, (e) => f(JSON.parse(e.data)));
    source.onopen = () => handlers.online(true);
    source.onerror = () => {
      handlers.online(false);
      if (source && source.readyState === EventSource.CLOSED) { // refused: the program is another one by now
        close();
        setTimeout(() => again().then(open, () => setTimeout(() => again().then(open, () => {}), 5000)), 1500);
      }
    };
  };
  const close = () => {
    if (source) source.close();
    source = null;
  };
  document.addEventListener('visibilitychange', () => {
    if (document.hidden) resting = setTimeout(close, 30000);
    else open();
  });
  window.addEventListener('pagehide', close);
  window.addEventListener('pageshow', open);
  open();
  return { reopen() { close(); open(); } };
}
