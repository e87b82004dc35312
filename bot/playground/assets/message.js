// One message as an element.
import { h, icon, iconButton } from './dom.js';
import { render } from './markdown.js';
import { clock, day, state, t } from './state.js';

// hue gives everybody a colour of their own, the same in every tab.
export function avatar(person) {
  let sum = 0;
  for (const c of person.id) sum = (sum * 31 + c.charCodeAt(0)) % 997;
  const own = person.bot ? 'bot' : 'hue-' + (sum % 8);
  const initial = [...person.name.trim()][0] || '?';
  return h('span', { class: 'avatar ' + own, 'aria-hidden': 'true' }, person.bot ? icon('link') : initial.toUpperCase());
}

// context is what the markdown of a message needs to know.
export function context(m, actions) {
  return {
    locale: state.locale, me: state.me.id, words: t, everyone: m && m.everyone,
    person: (id) => state.people.get(id), channel: (id) => state.channels.get(id),
    // link makes a link to a message of this server lead there; any other stays a link.
    link(u) {
      const at = /^\/channels\/\d+\/(\d{1,20})\/(\d{1,20})$/.exec(u.pathname);
      const to = at && u.host === 'discord.com' && state.channels.get(at[1]);
      return to && actions ? h('button', { type: 'button', class: 'mention', key: 'to-' + at[2], on: { click: () => actions.visit(at[1], at[2]) } }, '#' + to.name + ' › ' + t('message')) : null;
    },
    command(name, id) {
      const own = state.commands.find((c) => !c.menu && c.path === name);
      if (!own || !actions) return h('span', { class: 'mention' }, '/' + (own ? own.name : name));
      return h('button', { type: 'button', class: 'mention', key: 'command-' + id, on: { click: () => actions.command(own) } }, '/' + own.name);
    },
  };
}

// messageElement builds a message. compact leaves out whose it is, which the one above says.
export function messageElement(m, compact, actions) {
  const ctx = context(m, actions);
  const classes = ['message', compact && 'compact', m.pings && 'pings', m.ephemeral && 'ephemeral', m.loading && 'loading'].filter(Boolean).join(' ');
  const editing = state.editing === m.id;
  const body = h('div', { class: 'content', id: 'content-' + m.id });
  if (editing) body.append(editor(m, actions));
  else if (m.loading) body.append(thinking());
  else if (m.content) body.append(render(m.content, ctx));
  const el = h('article', { class: classes, id: 'message-' + m.id, tabindex: '-1', 'aria-labelledby': `author-${m.id} time-${m.id} content-${m.id}` },
    m.reply && replyLine(m.reply, actions),
    m.use && useLine(m.use),
    compact ? h('span', { class: 'gutter', 'aria-hidden': 'true' }, clock(m.created)) : avatar(m.author),
    h('div', { class: compact ? 'head visually-hidden' : 'head' },
      h('span', { class: 'author', id: 'author-' + m.id }, m.author.name),
      m.author.bot && h('span', { class: 'tag' }, t('app')),
      h('time', { class: 'when', id: 'time-' + m.id, datetime: new Date(m.created).toISOString(), title: day(m.created) }, clock(m.created))),
    h('div', { class: 'main' },
      body,
      m.edited && !m.loading ? h('span', { class: 'edited', title: clock(m.edited) }, t('edited')) : null,
      (m.embeds || []).map((e) => embed(e, ctx)),
      files(m),
      (m.components || []).map((c) => component(c, m, ctx, actions)),
      actions.failure(m),
      reactions(m, actions),
      m.thread && h('button', { type: 'button', class: 'thread-link', key: 'thread-' + m.id, on: { click: () => actions.go(m.thread.id) } },
        icon('thread'), h('span', null, m.thread.name), h('span', { class: 'more' }, t('open_thread'))),
      m.ephemeral && h('div', { class: 'only-you' }, icon('eye'), h('span', null, t('only_you')), h('span', { class: 'dot', 'aria-hidden': 'true' }, '·'),
        h('button', { type: 'button', class: 'text-button', key: 'dismiss-' + m.id, on: { click: () => actions.dismiss(m) } }, t('dismiss')))),
    !editing && !m.loading ? toolbar(m, actions) : null);
  el.dataset.id = m.id;
  return el;
}

export const thinking = (text) => h('span', { class: 'thinking' }, dots(), h('span', null, text || t('thinking', state.bot ? state.bot.name : '')));
export const dots = () => h('span', { class: 'dots', 'aria-hidden': 'true' }, h('i'), h('i'), h('i'));

function replyLine(r, actions) {
  if (!r.author) return h('div', { class: 'reply-line' }, h('span', { class: 'gone' }, t('reply_gone')));
  return h('button', { type: 'button', class: 'reply-line', key: 'reply-to-' + r.id, on: { click: () => actions.jump(r.id) } },
    avatar(r.author), h('span', { class: 'reply-author' }, r.author.name), h('span', { class: 'excerpt' }, unmarked(r.excerpt)));
}

// unmarked is a quoted line as plain text: mentions by name, other marks left out.
function unmarked(text) {
  return text.replace(/<@!?(\d{1,20})>/g, (_, id) => '@' + (state.people.get(id) || { name: t('unknown_person') }).name)
    .replace(/(^|\s)-# /g, '$1').replace(/\\([!-/:-@[-`{-~])/g, '$1').replace(/\*\*|__|~~|\|\|/g, '');
}

function useLine(u) {
  const command = state.commands.find((c) => c.path === u.command);
  return h('div', { class: 'use-line' }, avatar(u.user), h('span', { class: 'reply-author' }, u.user.name), ' ', t('used'), ' ',
    h('span', { class: 'mention' }, (u.menu ? '' : '/') + (command ? command.name : u.command)));
}

function toolbar(m, actions) {
  const own = state.me.id === m.author.id;
  return h('div', { class: 'toolbar' },
    !m.ephemeral && iconButton('smile', t('react'), (e) => actions.react(m, e.currentTarget), { key: 'react-' + m.id }),
    own ? iconButton('edit', t('edit'), () => actions.edit(m), { key: 'edit-' + m.id })
      : !m.ephemeral && iconButton('reply', t('reply'), () => actions.reply(m), { key: 'reply-' + m.id }),
    m.author.bot && m.author.id === state.bot.id && iconButton('lens', t('inspect'), () => actions.inspect(m), { key: 'inspect-' + m.id }),
    iconButton('more', t('more'), (e) => actions.menu(m, e.currentTarget), { key: 'more-' + m.id, 'aria-haspopup': 'menu', class: 'icon-button always' }));
}

function reactions(m, actions) {
  if (!m.reactions || !m.reactions.length) return null;
  return h('div', { class: 'reactions', role: 'group', 'aria-label': t('reactions') }, m.reactions.map((r) => h('button', {
    type: 'button', class: r.mine ? 'reaction mine' : 'reaction', 'aria-pressed': String(Boolean(r.mine)), key: 'reaction-' + m.id + r.emoji,
    on: { click: () => actions.toggle(m, r.emoji, !r.mine) },
  }, h('span', null, r.emoji), h('span', { class: 'count' }, r.count))));
}

// source is the address of a file for this tab, whose token it needs.
export const source = (url) => url + '?session=' + encodeURIComponent(state.token);

function files(m) {
  return (m.attachments || []).map((a) => {
    if (!a.image) {
      return h('a', { class: 'file', href: source(a.url), download: a.name, key: 'file-' + a.id }, icon('file'),
        h('span', null, a.name), h('span', { class: 'size' }, size(a.size)));
    }
    return h('figure', { class: 'picture' }, h('button', {
      type: 'button', class: 'picture-button', key: 'picture-' + a.id, 'aria-label': t('enlarge', a.name), on: { click: () => enlarge(a) },
    }, h('img', { src: source(a.url), alt: a.alt || a.name, width: a.width, height: a.height, decoding: 'async' })),
    a.alt && h('details', { class: 'alt' }, h('summary', { key: 'alt-' + a.id }, t('alt_text')), h('p', null, a.alt)));
  });
}

const size = (n) => new Intl.NumberFormat(state.locale, { style: 'unit', unit: n < 1e6 ? 'kilobyte' : 'megabyte', maximumFractionDigits: 1 }).format(n / (n < 1e6 ? 1e3 : 1e6));

function enlarge(a) {
  const dialog = h('dialog', { class: 'viewer', 'aria-label': a.name },
    h('img', { src: source(a.url), alt: a.alt || a.name }),
    h('button', { type: 'button', class: 'button secondary', autofocus: true, on: { click: () => dialog.close() } }, t('close')));
  dialog.addEventListener('click', (e) => e.target === dialog && dialog.close());
  dialog.addEventListener('close', () => dialog.remove());
  document.body.append(dialog);
  dialog.showModal();
}

function embed(e, ctx) {
  return h('div', { class: 'embed' },
    e.author && e.author.name && h('div', { class: 'embed-author' }, e.author.name),
    e.title && h('div', { class: 'embed-title' }, render(e.title, ctx)),
    e.description && h('div', { class: 'embed-text' }, render(e.description, ctx)),
    (e.fields || []).map((f) => h('div', { class: 'embed-field' }, h('b', null, render(f.name, ctx)), h('div', null, render(f.value, ctx)))),
    e.footer && e.footer.text && h('div', { class: 'embed-footer' }, e.footer.text));
}

// Types of components, and styles of buttons; Discord docs, components/reference.
const styleNames = { 1: 'primary', 2: 'secondary', 3: 'success', 4: 'danger' };

function component(c, m, ctx, actions) {
  const inner = () => (c.components || []).map((x) => component(x, m, ctx, actions));
  switch (c.type) {
    case 1: return h('div', { class: 'row' }, inner());
    case 2: return button(c, m, actions);
    case 3: return select(c, m, actions);
    case 9: return h('div', { class: 'section' }, h('div', null, inner()), c.accessory && component(c.accessory, m, ctx, actions));
    case 10: return h('div', { class: 'content' }, render(c.content, ctx));
    case 12: return h('div', { class: 'gallery' }, (c.items || []).map((i) => h('span', { class: 'muted' }, i.description || '')));
    case 14: return h('hr');
    case 17: return h('div', { class: 'embed' }, inner());
    default: return null;
  }
}

function button(c, m, actions) {
  const face = [c.emoji && c.emoji.name && h('span', { class: 'emoji' }, c.emoji.name), c.label];
  if (c.style === 5) {
    let u = null;
    try { u = new URL(c.url); } catch { /* shown without a link */ }
    if (!u || u.protocol !== 'https:' && u.protocol !== 'http:') return h('span', { class: 'button secondary disabled' }, face);
    return h('a', { class: 'button secondary', href: u.href, target: '_blank', rel: 'noopener noreferrer nofollow', title: u.href }, face, icon('out'));
  }
  const key = 'press-' + m.id + c.custom_id;
  return h('button', {
    type: 'button', class: 'button ' + (styleNames[c.style] || 'secondary'), key, disabled: c.disabled || actions.busy(key),
    'aria-busy': actions.busy(key) ? 'true' : null, 'aria-label': c.label ? null : named(c.emoji), on: { click: () => actions.press(m, c.custom_id, null, key) },
  }, face);
}

// named says the emoji of a button without words.
const named = (emoji) => {
  const names = { '👍': t('thumbs_up'), '👎': t('thumbs_down'), '◀': t('previous'), '▶': t('next') };
  return emoji ? names[emoji.name] || emoji.name : null;
};

function select(c, m, actions) {
  const key = 'select-' + m.id + c.custom_id;
  const many = (c.max_values || 1) > 1;
  const el = h('select', { class: 'select', key, disabled: c.disabled || actions.busy(key), 'aria-label': c.placeholder || t('choose'), multiple: many },
    !many && h('option', { value: '' }, c.placeholder || t('choose')),
    (c.options || []).map((o) => h('option', { value: o.value, selected: o.default }, o.description ? `${o.label} — ${o.description}` : o.label)));
  const send = () => {
    const values = [...el.selectedOptions].map((o) => o.value).filter((v) => v !== '');
    if (values.length) actions.press(m, c.custom_id, values, key);
  };
  return h('div', { class: 'row' }, el, // a button of its own: with the keys, a menu changes at every step
    h('button', { type: 'button', class: 'button primary', key: key + '-send', disabled: c.disabled || actions.busy(key), on: { click: send } }, t('choose_this')));
}

function editor(m, actions) {
  const input = h('textarea', { class: 'edit-box', rows: 3, 'aria-label': t('edit_label'), key: 'editing-' + m.id });
  input.value = actions.decode(m.content);
  input.addEventListener('keydown', (e) => {
    if (e.isComposing) return;
    if (e.key === 'Escape') {
      e.preventDefault();
      e.stopPropagation();
      actions.stopEdit(m);
    } else if (e.key === 'Enter' && !e.shiftKey) {
      e.preventDefault();
      actions.saveEdit(m, input.value);
    }
  });
  return h('div', { class: 'editor' }, input, h('div', { class: 'row' },
    h('button', { type: 'button', class: 'button primary', on: { click: () => actions.saveEdit(m, input.value) } }, t('save')),
    h('button', { type: 'button', class: 'button secondary', on: { click: () => actions.stopEdit(m) } }, t('cancel'))));
}
