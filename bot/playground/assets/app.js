// The page: a channel, its people, and what they do.
import { add, h, icon, older } from './dom.js';
import { act, enter, follow, inspect, remembered } from './net.js';
import { channel, day, shown, state, t } from './state.js';
import { avatar, dots, messageElement, thinking } from './message.js';
import { Composer, decode, encode } from './composer.js';
import { dialog, formFields, menu } from './menu.js';
import { inspection } from './inspector.js';

const $ = (id) => document.getElementById(id);
const log = $('log'), messages = $('messages');
const emojis = ['👍', '👎', '❤️', '😂', '🎉', '👀'];
const signatures = new WeakMap(); // by element: what it shows
const uses = new Map(); // under way, by id: {key} of a button, or {local} of a command
const settled = new Map(); // ended before the page knew of them
const failures = new Map(); // by message: a use of it that nobody answered
let inspected = null, pinned = false, stream = null;
let before = 0, stuck = true; // the end of the channel is in sight, and stays there

const actions = {
  go, jump, dismiss, inspect: pin, decode,
  visit(where, id) { if (where !== state.current) go(where); jump(id); },
  command: (c) => composer.command(c),
  reply: (m) => composer.setReply(m),
  busy: (key) => [...uses.values()].some((u) => u.key === key),
  press: (m, custom, values, key) => use(act('press', { message: m.id, custom_id: custom, values }), { key, message: m.id }),
  toggle: (m, emoji, on) => attempt(act('react', { message: m.id, emoji, on })),
  react: (m, at) => menu([{ emojis, run: (e) => actions.toggle(m, e, !mine(m, e)) }], at, t('react')),
  menu: messageMenu,
  edit(m) { state.editing = m.id; draw(); focusKey('editing-' + m.id); },
  stopEdit(m) { state.editing = null; draw(); focusMessage(m.id); },
  async saveEdit(m, text) {
    if (!text.trim()) return;
    if (await attempt(act('edit', { message: m.id, text: encode(text) }))) actions.stopEdit(m);
  },
  failure(m) {
    const text = failures.get(m.id);
    return text ? h('p', { class: 'problem' }, icon('warn'), h('span', null, text)) : null;
  },
};
const composer = new Composer($('composer'), { act, say, use: slash, editLast });
const mine = (m, emoji) => (m.reactions || []).some((r) => r.emoji === emoji && r.mine);

// What happens.

const handlers = {
  state(s) {
    Object.assign(state, { me: s.person, bot: s.bot, guild: s.guild, connected: s.connected, commands: s.commands });
    state.channels = new Map(s.channels.map((c) => [c.id, c]));
    state.people = new Map(s.people.map((p) => [p.id, p]));
    state.messages = new Map(Object.entries(s.messages).map(([id, list]) => [id, new Map(list.map((m) => [m.id, m]))]));
    if (!state.channels.has(state.current)) state.current = [...state.channels.values()].find((c) => c.name === (state.locale.startsWith('es') ? 'español' : 'general'))?.id || s.channels[0].id;
    drawAll();
    document.body.dataset.ready = 'true';
  },
  message(m) {
    const list = state.messages.get(m.channel) || state.messages.set(m.channel, new Map()).get(m.channel);
    const fresh = !list.has(m.id);
    list.set(m.id, m);
    if (fresh) state.messages.set(m.channel, new Map([...list].sort(([a], [b]) => older(a, b))));
    stopTyping(m.channel, m.author.id);
    if (fresh && m.channel !== state.current && m.author.id !== state.me.id) {
      const u = state.unread.get(m.channel) || { count: 0, pings: 0 };
      state.unread.set(m.channel, { count: u.count + 1, pings: u.pings + (m.pings || (state.channels.get(m.channel) || {}).kind === 'dm' ? 1 : 0) });
      drawChannels();
    }
    if (m.channel === state.current) draw();
    if (m.author.id === state.bot.id && m.channel === state.current) lookLatest();
  },
  gone(m) {
    (state.messages.get(m.channel) || new Map()).delete(m.id);
    if (state.replyTo && state.replyTo.id === m.id) composer.setReply(null);
    if (m.channel === state.current) draw();
  },
  typing({ channel: id, person }) {
    const list = state.typing.get(id) || state.typing.set(id, new Map()).get(id);
    clearTimeout((list.get(person.id) || {}).timer);
    list.set(person.id, { person, timer: setTimeout(() => stopTyping(id, person.id), 10000) });
    drawTyping();
  },
  channel(c) {
    state.channels.set(c.id, c);
    if (!state.messages.has(c.id)) state.messages.set(c.id, new Map());
    drawChannels();
  },
  person(p) { state.people.set(p.id, p); },
  commands(list) { state.commands = list; },
  bot(there) { state.connected = there; drawStatus(); },
  online(there) { state.online = there; drawStatus(); },
  use({ id, answered }) { settle(id, answered); },
  modal(m) {
    settle(m.id, true);
    dialog({
      title: m.title, fields: formFields(m.components), button: t('submit'),
      async send(fields) {
        try {
          track(await act('submit', { modal: m.id, fields }), {});
        } catch (e) {
          return e.message;
        }
        return '';
      },
    });
  },
  trace() { lookLatest(); },
};

function settle(id, answered) {
  const u = uses.get(id);
  if (!u) {
    settled.set(id, answered);
    if (settled.size > 100) settled.delete(settled.keys().next().value);
    return;
  }
  uses.delete(id);
  if (u.local) {
    if (answered) state.local = state.local.filter((l) => l !== u.local);
    else Object.assign(u.local, { failed: t('no_response'), pending: false });
  } else if (!answered && u.message) failures.set(u.message, t('no_response'));
  draw();
}

// What people do.

// attempt waits for an action and says what went wrong; it returns whether nothing did.
async function attempt(promise) {
  try {
    await promise;
    return true;
  } catch (e) {
    notice(e.message);
    return false;
  }
}

// use waits for a use of a button or menu to be sent, and then for what comes of it.
async function use(promise, how) {
  if (how.message) failures.delete(how.message);
  const sent = Symbol('sending');
  uses.set(sent, how);
  draw();
  try {
    track(await promise, how);
  } catch (e) {
    if (how.message) failures.set(how.message, e.message);
    else notice(e.message);
  }
  uses.delete(sent);
  draw();
}

function track(got, how) {
  uses.set(got.use, how);
  if (settled.has(got.use)) settle(got.use, settled.get(got.use));
}

async function slash(c, options) {
  const local = { id: Symbol(c.path), channel: state.current, pending: true, text: t('sending', '/' + c.name), retry: () => slash(c, options) };
  state.local.push(local);
  draw(true);
  try {
    track(await act('slash', { channel: local.channel, command: c.path, options }), { local });
  } catch (e) {
    Object.assign(local, { pending: false, failed: e.message });
  }
  draw();
}

async function say(text, replyTo) {
  const where = state.current;
  try {
    await act('say', { channel: where, text, reply_to: replyTo });
    draw(true);
  } catch (e) {
    state.local.push({ id: Symbol('said'), channel: where, failed: e.message, said: decode(text), retry: () => say(text, replyTo) });
    draw(true);
  }
}

function editLast() {
  const own = shown(state.current).filter((m) => m.author.id === state.me.id).at(-1);
  if (own) actions.edit(own);
}

function dismiss(m) {
  state.dismissed.add(m.id);
  draw();
  composer.input.focus();
}

function messageMenu(m, at) {
  const own = m.author.id === state.me.id, c = channel();
  const items = [];
  if (!m.ephemeral) {
    items.push({ emojis, run: (e) => actions.toggle(m, e, !mine(m, e)) }, { label: t('reply'), icon: 'reply', run: () => actions.reply(m), keepFocus: true });
    if (c.kind === 'text') items.push({ label: m.thread ? t('open_thread') : t('new_thread'), icon: 'thread', run: () => openThread(m) });
  }
  if (own) items.push({ label: t('edit'), icon: 'edit', run: () => actions.edit(m), keepFocus: true });
  items.push({ label: t('copy'), icon: 'copy', run: () => attempt(navigator.clipboard.writeText(m.content)) });
  const apps = state.commands.filter((x) => x.menu && (c.kind !== 'dm' || x.dm) && !m.ephemeral);
  if (apps.length) items.push(null, ...apps.map((x) => ({ label: x.name, icon: 'link', note: t('app'), run: () => menuCommand(x, m) })));
  items.push(null, { label: t('inspect'), icon: 'lens', run: () => pin(m) });
  if (own) items.push({ label: t('delete'), icon: 'trash', danger: true, run: () => attempt(act('delete', { message: m.id })) });
  if (m.ephemeral) items.push({ label: t('dismiss'), icon: 'close', run: () => dismiss(m) });
  menu(items, at, t('message_menu', m.author.name));
}

async function menuCommand(c, m) {
  const local = { id: Symbol(c.path), channel: state.current, pending: true, text: t('sending', c.name), retry: () => menuCommand(c, m) };
  state.local.push(local);
  draw(true);
  try {
    track(await act('menu', { message: m.id, command: c.path }), { local });
  } catch (e) {
    Object.assign(local, { pending: false, failed: e.message });
  }
  draw();
}

function openThread(m) {
  if (m.thread) {
    go(m.thread.id);
    return;
  }
  const words = decode(m.content).replace(/\s+/g, ' ').trim().slice(0, 32);
  dialog({
    title: t('new_thread'), fields: [{ name: 'name', label: t('thread_name'), value: words, required: true, max: 32 }], button: t('create'),
    async send({ name }) {
      try {
        const c = await act('thread', { message: m.id, text: name });
        handlers.channel(c);
        go(c.id);
      } catch (e) {
        return e.message;
      }
      return '';
    },
  });
}

function editPerson() {
  dialog({
    title: t('who_are_you'), text: t('who_hint'), button: t('save'),
    fields: [
      { name: 'name', label: t('name'), value: state.me.name, required: true, max: 32 },
      { name: 'locale', label: t('language'), value: state.me.locale, options: [{ value: 'en-US', label: 'English (US)' }, { value: 'es-ES', label: 'Español (España)' }, { value: 'es-419', label: 'Español (Latinoamérica)' }] },
      { name: 'admin', label: t('is_admin'), type: 'checkbox', value: state.me.admin, hint: t('is_admin_hint') },
    ],
    async send({ name, locale, admin }) {
      const wish = { name, locale };
      if (admin || name.trim() === state.me.name) wish.admin = admin; // somebody else may be an administrator already
      try {
        await enter(wish);
      } catch (e) {
        return e.message;
      }
      if (state.me.locale !== state.locale) location.replace('/?locale=' + encodeURIComponent(state.me.locale));
      else stream.reopen();
      return '';
    },
  });
}

// What is seen.

function drawAll() {
  drawChannels();
  drawPerson();
  drawHead();
  drawStatus();
  drawTyping();
  composer.refresh();
  draw(true);
  lookLatest();
}

function go(id) {
  if (!state.channels.has(id)) return;
  state.current = id;
  state.unread.delete(id);
  state.editing = null;
  composer.closeCommand();
  composer.setReply(null);
  pinned = false;
  stuck = true;
  messages.replaceChildren();
  closeDrawers();
  drawAll();
  composer.input.focus({ preventScroll: true });
}

function drawChannels() {
  const list = [...state.channels.values()];
  const line = (c) => {
    const u = state.unread.get(c.id);
    return h('li', null, h('button', {
      type: 'button', class: 'channel' + (c.kind === 'thread' ? ' thread' : '') + (u ? ' unread' : ''), key: 'channel-' + c.id,
      'aria-current': c.id === state.current ? 'page' : null, on: { click: () => go(c.id) },
    }, c.kind === 'dm' ? avatar(state.bot) : icon(c.kind === 'thread' ? 'thread' : 'hash'), h('span', { class: 'channel-name' }, c.name),
    u && h('span', { class: u.pings ? 'unread-count pings' : 'unread-count' }, u.pings || u.count, h('span', { class: 'visually-hidden' }, ' ' + t('unread')))));
  };
  const texts = list.filter((c) => c.kind === 'text').map((c) => [line(c), list.filter((x) => x.parent === c.id).map(line)]);
  keepFocus($('channels'), () => $('channels').replaceChildren(...add(document.createDocumentFragment(), texts).childNodes));
  keepFocus($('directs'), () => $('directs').replaceChildren(...list.filter((c) => c.kind === 'dm').map(line)));
  $('guild').textContent = state.guild;
}

function drawPerson() {
  const me = state.me, language = { 'en-US': 'English', 'es-ES': 'Español (ES)', 'es-419': 'Español (LA)' }[me.locale];
  $('person').replaceChildren(avatar(me), h('span', { class: 'person-text' }, h('span', { class: 'person-name' }, me.name),
    h('span', { class: 'person-more' }, language, me.admin && h('span', { class: 'tag admin' }, t('admin')))), h('span', { class: 'visually-hidden' }, t('change_person')));
}

function drawHead() {
  const c = channel();
  $('title').replaceChildren(c.kind === 'dm' ? avatar(state.bot) : icon(c.kind === 'thread' ? 'thread' : 'hash'), h('h1', null, c.name));
  const parent = c.parent && state.channels.get(c.parent);
  $('topic').replaceChildren(...[parent ? h('button', { type: 'button', class: 'text-button', on: { click: () => go(parent.id) } }, t('thread_in', parent.name)) : document.createTextNode(topicOf(c))]);
  document.title = (c.kind === 'text' ? '#' : '') + c.name + ' · ' + state.guild;
}

const topicOf = (c) => t(c.kind === 'dm' ? 'topic_dm' : c.name === 'news' ? 'topic_news' : 'topic_channel', state.bot.name);

function drawStatus() {
  const wrong = !state.online ? t('offline') : !state.connected ? t('bot_offline', state.bot ? state.bot.name : '') : '';
  $('status').textContent = wrong;
  $('status').hidden = !wrong;
}

function stopTyping(id, person) {
  const list = state.typing.get(id);
  if (!list || !list.has(person)) return;
  clearTimeout(list.get(person).timer);
  list.delete(person);
  drawTyping();
}

function drawTyping() {
  const names = [...(state.typing.get(state.current) || new Map()).values()].map((x) => x.person.name);
  $('typing').replaceChildren(...(names.length ? [dots(), h('span', null, names.length === 1 ? t('types', names[0]) : t('type', new Intl.ListFormat(state.locale).format(names)))] : []));
}

// draw shows the messages of the channel: what has not changed stays as it is, and the focus stays where it was.
function draw(down) {
  whereabouts();
  if (down) stuck = true;
  keepFocus(messages, () => {
    const wanted = [welcome()];
    let last = null;
    for (const m of shown(state.current)) {
      if (!last || day(last.created) !== day(m.created)) wanted.push(divider(m));
      const compact = last && last.author.id === m.author.id && m.created - last.created < 7 * 60000 && !m.reply && !m.use && Boolean(last.ephemeral) === Boolean(m.ephemeral) && day(last.created) === day(m.created);
      wanted.push(element(m, compact));
      last = m;
    }
    for (const l of state.local.filter((x) => x.channel === state.current)) wanted.push(localElement(l));
    arrange(messages, wanted);
  });
  settleScroll();
}

// whereabouts notes where the reader is: who goes up wants to stay there; what grows below moves nobody.
function whereabouts() {
  if (log.scrollTop < before - 1 && log.scrollHeight - log.scrollTop - log.clientHeight > 80) stuck = false;
  before = log.scrollTop;
}

function settleScroll() {
  whereabouts();
  if (log.scrollHeight - log.scrollTop - log.clientHeight < 2) stuck = true;
  if (stuck) log.scrollTop = log.scrollHeight;
  $('newer').hidden = stuck;
}

// arrange makes elements the children of a parent and moves no more of them than it must.
function arrange(parent, wanted) {
  const keep = new Set(wanted);
  for (const child of [...parent.children]) if (!keep.has(child)) child.remove();
  let at = parent.firstElementChild;
  for (const el of wanted) {
    if (el === at) at = at.nextElementSibling;
    else parent.insertBefore(el, at);
  }
}

function element(m, compact) {
  const old = document.getElementById('message-' + m.id);
  const busy = [...uses.values()].map((u) => u.key).filter(Boolean).join();
  const parts = (m.components || []).length ? busy : '';
  const sign = JSON.stringify([m, Boolean(compact), state.editing === m.id, parts, failures.get(m.id) || '', state.commands.length]);
  if (old && signatures.get(old) === sign) return old;
  if (old && state.editing === m.id && old.querySelector('.editor')) return old; // what is being typed stays
  const el = messageElement(m, compact, actions);
  signatures.set(el, sign);
  return el;
}

const dividers = new Map();
function divider(m) {
  const text = day(m.created);
  if (!dividers.has(text)) dividers.set(text, h('div', { class: 'divider', role: 'separator', 'aria-label': text }, h('span', null, text)));
  return dividers.get(text);
}

const welcomes = new Map();
function welcome() {
  const c = channel();
  if (!welcomes.has(c.id)) welcomes.set(c.id, welcomeOf(c));
  return welcomes.get(c.id);
}

function welcomeOf(c) {
  const questions = state.questions[state.locale.startsWith('es') || c.name === 'español' ? 'es' : 'en'] || [];
  const ask = (q) => say(c.kind === 'dm' ? q : `<@${state.bot.id}> ${q}`);
  const command = (path) => {
    const own = state.commands.find((x) => !x.menu && x.path === path && (x.dm || c.kind !== 'dm'));
    return own && h('button', { type: 'button', class: 'chip command', on: { click: () => composer.command(own) } }, '/' + own.name);
  };
  return h('section', { class: 'welcome', 'aria-label': t('welcome', c.name) },
    h('span', { class: 'welcome-icon', 'aria-hidden': 'true' }, icon(c.kind === 'dm' ? 'link' : c.kind === 'thread' ? 'thread' : 'hash')),
    h('h2', null, t(c.kind === 'dm' ? 'welcome_dm' : c.kind === 'thread' ? 'welcome_thread' : 'welcome', c.name)),
    h('p', null, t({ dm: 'welcome_direct', thread: 'welcome_inside' }[c.kind] || (c.name === 'news' ? 'welcome_news' : 'welcome_text'), state.bot.name)),
    c.name !== 'news' && h('div', { class: 'chips', role: 'group', 'aria-label': t('suggestions') }, questions.map((q) => h('button', { type: 'button', class: 'chip', on: { click: () => ask(q) } }, q)), command('summary'), command('timeline'), command('help')));
}

function localElement(l) {
  const forget = () => {
    state.local = state.local.filter((x) => x !== l);
    draw();
    composer.input.focus();
  };
  if (l.pending) return h('article', { class: 'message local', 'aria-label': l.text }, avatar(state.bot), h('div', { class: 'main' }, thinking(l.text)));
  return h('article', { class: 'message local failed', 'aria-label': l.failed }, avatar(l.said === undefined ? state.bot : state.me), h('div', { class: 'main' },
    l.said !== undefined && h('div', { class: 'content unsent' }, l.said),
    h('p', { class: 'problem' }, icon('warn'), h('span', null, l.failed)),
    h('div', { class: 'only-you' }, icon('eye'), h('span', null, t('only_you')), h('span', { class: 'dot', 'aria-hidden': 'true' }, '·'),
      h('button', { type: 'button', class: 'text-button', on: { click: () => { forget(); l.retry(); } } }, t('retry')), h('span', { class: 'dot', 'aria-hidden': 'true' }, '·'),
      h('button', { type: 'button', class: 'text-button', on: { click: forget } }, t('dismiss')))));
}

// keepFocus changes a part of the page and puts the focus back on what has the same key, or on the same message.
function keepFocus(part, change) {
  const active = part.contains(document.activeElement) ? document.activeElement : null;
  const key = active && active.dataset.key, message = active && active.closest('article');
  const id = message && message.dataset.id, range = active && active.selectionStart !== undefined ? [active.selectionStart, active.selectionEnd] : null;
  change();
  if (!active || active.isConnected && document.activeElement === active) return;
  const again = active.isConnected ? active : key ? part.querySelector(`[data-key="${CSS.escape(key)}"]`) : null;
  if (again && !again.disabled) {
    again.focus({ preventScroll: true });
    if (range && again.setSelectionRange && again.tagName === 'TEXTAREA') again.setSelectionRange(...range);
  } else if (id && document.getElementById('message-' + id)) focusMessage(id, true);
  else if (!active.isConnected) composer.input.focus({ preventScroll: true });
}

function focusKey(key) {
  const el = messages.querySelector(`[data-key="${CSS.escape(key)}"]`);
  if (el) el.focus();
}

function focusMessage(id, still) {
  const el = document.getElementById('message-' + id);
  if (el) el.focus({ preventScroll: still });
}

function jump(id) {
  const el = document.getElementById('message-' + id);
  if (!el) return;
  stuck = false;
  el.scrollIntoView({ block: 'center' });
  el.focus({ preventScroll: true });
  el.classList.add('found');
  setTimeout(() => el.classList.remove('found'), 1500);
}

let noticeTimer = null;
function notice(text) {
  $('notice').textContent = text;
  $('notice').hidden = false;
  clearTimeout(noticeTimer);
  noticeTimer = setTimeout(() => { $('notice').hidden = true; }, 8000);
}

// The inspector.

function pin(m) {
  pinned = true;
  openInspector(true);
  look({ message: m.id });
}

let looking = null;
function lookLatest() {
  if (pinned || $('inspector').hidden) return;
  clearTimeout(looking);
  looking = setTimeout(() => look({ channel: state.current }), 60);
}

// look shows what is known of a message's answer, or of the latest one of a channel.
async function look(what) {
  inspected = what;
  const x = await inspect(what).catch(() => null);
  if (inspected !== what) return;
  const el = $('inspection');
  keepFocus(el, () => {
    const open = new Set([...el.querySelectorAll('details[open] > summary')].map((s) => s.dataset.key));
    el.replaceChildren();
    add(el, x ? inspection(x) : [h('p', { class: 'muted empty' }, icon('lens'), h('span', null, t(pinned ? 'inspect_nothing' : 'inspect_empty')))]);
    for (const s of el.querySelectorAll('summary')) if (open.has(s.dataset.key)) s.parentElement.open = true;
  });
  $('follow').hidden = !pinned;
}

function openInspector(open) {
  $('inspector').hidden = !open;
  $('inspector-toggle').setAttribute('aria-expanded', String(open));
  document.body.classList.toggle('inspecting', open);
  if (open && narrow.matches) $('inspector-close').focus();
  shade();
}

$('inspector-toggle').addEventListener('click', () => {
  openInspector($('inspector').hidden);
  lookLatest();
});
$('inspector-close').addEventListener('click', () => {
  openInspector(false);
  $('inspector-toggle').focus();
});
$('follow').addEventListener('click', () => {
  pinned = false;
  $('follow').hidden = true;
  lookLatest();
  $('inspector-close').focus();
});

// Drawers, on a phone.

const narrow = matchMedia('(max-width: 800px)');

function openSidebar(open) {
  document.body.classList.toggle('sidebar-open', open);
  $('sidebar-toggle').setAttribute('aria-expanded', String(open));
  shade();
  if (open) ($('channels').querySelector('[aria-current]') || $('channels').querySelector('button')).focus();
}

// shade makes what a drawer covers unreachable.
function shade() {
  const sidebar = document.body.classList.contains('sidebar-open') && narrow.matches;
  const inspecting = !$('inspector').hidden && narrow.matches;
  $('shade').hidden = !sidebar && !inspecting;
  $('main').inert = sidebar || inspecting;
  $('sidebar').inert = narrow.matches && !sidebar;
}

function closeDrawers() {
  if (!narrow.matches) return;
  openSidebar(false);
  openInspector(false);
}

$('sidebar-toggle').addEventListener('click', () => openSidebar(!document.body.classList.contains('sidebar-open')));
$('shade').addEventListener('click', closeDrawers);
narrow.addEventListener('change', () => {
  document.body.classList.remove('sidebar-open');
  shade();
});

// Keys.

document.addEventListener('keydown', (e) => {
  if (e.key === 'Escape') {
    if (narrow.matches && !$('shade').hidden) {
      closeDrawers();
      $('sidebar-toggle').focus();
    } else composer.input.focus();
  }
});

messages.addEventListener('keydown', (e) => {
  const m = e.target.closest('article');
  if (!m || e.target !== m) return;
  const list = [...messages.querySelectorAll('article')];
  const to = { ArrowUp: list.indexOf(m) - 1, ArrowDown: list.indexOf(m) + 1, Home: 0, End: list.length - 1 }[e.key];
  if (to !== undefined) {
    e.preventDefault();
    if (list[to]) list[to].focus();
    else if (to >= list.length) composer.input.focus();
  } else if (e.key === 'Enter') {
    e.preventDefault();
    openMenu(m, m.querySelector('.toolbar') || m);
  }
});

log.addEventListener('keydown', (e) => { // from the list itself into its messages
  if (e.target !== log || e.key !== 'ArrowUp' && e.key !== 'ArrowDown') return;
  const list = messages.querySelectorAll('article');
  if (!list.length) return;
  e.preventDefault();
  list[list.length - 1].focus();
});

messages.addEventListener('contextmenu', (e) => {
  const m = e.target.closest('article');
  if (!m || e.target.closest('a, img, textarea') || String(getSelection())) return;
  e.preventDefault();
  openMenu(m, e.clientX || e.clientY ? { x: e.clientX, y: e.clientY } : m.querySelector('.toolbar') || m);
});

function openMenu(el, at) {
  const m = shown(state.current).find((x) => x.id === el.dataset.id);
  if (m && !m.loading) messageMenu(m, at);
}

log.addEventListener('scroll', () => {
  whereabouts();
  if (log.scrollHeight - log.scrollTop - log.clientHeight < 80) stuck = true;
  $('newer').hidden = stuck;
}, { passive: true });
$('newer').addEventListener('click', () => {
  stuck = true;
  settleScroll();
  composer.input.focus();
});
const sizes = new ResizeObserver(settleScroll);
sizes.observe(messages);
sizes.observe(log);
$('person').addEventListener('click', editPerson);
$('theme').addEventListener('click', () => {
  const dark = getComputedStyle(document.documentElement).colorScheme.includes('dark');
  document.documentElement.dataset.theme = dark ? 'light' : 'dark';
  localStorage.setItem('enlace.playground.theme', document.documentElement.dataset.theme);
});

// The beginning.

async function begin() {
  const before = remembered();
  state.token = before.token || '';
  await enter({ name: before.name, locale: before.locale || state.locale, admin: before.admin });
  if (state.me.locale !== state.locale) {
    location.replace('/?locale=' + encodeURIComponent(state.me.locale));
    return;
  }
  stream = follow(handlers, () => enter({ name: state.me.name, locale: state.me.locale, admin: state.me.admin }));
}

shade();
begin().catch((e) => {
  $('status').textContent = e.message;
  $('status').hidden = false;
});
