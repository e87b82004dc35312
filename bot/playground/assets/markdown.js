// Discord's markdown as elements. What is not known is text; there is no way from a text to markup of ours.
import { h } from './dom.js';

const deepest = 12; // elements inside of one another
const signs = /[!-/:-@[-`{-~]/;

// render returns what a message's content looks like. ctx: locale, person(id), channel(id), command(name, id), link(url) where one
// leads somewhere on the page, me, everyone (whether the
// message reaches all), words(key).
export function render(text, ctx) {
  const out = document.createDocumentFragment();
  for (const node of blocks(String(text).replace(/\r\n?/g, '\n').slice(0, 8000), ctx, 0, true)) out.append(node);
  return out;
}

function blocks(text, ctx, depth, quotes) {
  const out = [];
  let rest = text;
  while (rest !== '') {
    const at = fenceAt(rest);
    if (!at) break;
    out.push(...lines(rest.slice(0, at.start).replace(/\n$/, ''), ctx, depth, quotes));
    out.push(h('pre', { class: 'md-fence', tabindex: '0' }, h('code', at.lang ? { 'data-lang': at.lang } : null, at.code)));
    rest = rest.slice(at.end).replace(/^\n/, '');
  }
  out.push(...lines(rest, ctx, depth, quotes));
  return out;
}

// fenceAt finds the first fence of code whose backticks are not escaped.
function fenceAt(text) {
  for (let start = text.indexOf('```'); start >= 0; start = text.indexOf('```', start + 1)) {
    let slashes = 0;
    while (text[start - 1 - slashes] === '\\') slashes++;
    const close = text.indexOf('```', start + 3);
    if (close < 0) return null;
    if (slashes % 2 || close === start + 3) continue;
    const inner = text.slice(start + 3, close);
    const tagged = /^([A-Za-z0-9_+.#-]{1,20})\n([\s\S]*)$/.exec(inner);
    const code = (tagged ? tagged[2] : inner).replace(/^\n/, '').replace(/\n$/, '');
    if (code.trim() !== '') return { start, end: close + 3, lang: tagged && tagged[1], code };
  }
  return null;
}

// lines reads what means something at the beginning of a line: quotes, headings, small text, lists.
function lines(text, ctx, depth, quotes) {
  const out = [];
  if (text === '') return out;
  const list = text.split('\n');
  let plain = [];
  const flush = () => {
    if (plain.length) out.push(h('div', { class: 'md-p' }, inline(plain.join('\n'), ctx, depth)));
    plain = [];
  };
  for (let i = 0; i < list.length; i++) {
    const line = list[i];
    let m;
    if (quotes && depth < deepest && line.startsWith('>>> ')) {
      flush();
      out.push(h('blockquote', null, blocks([line.slice(4), ...list.slice(i + 1)].join('\n'), ctx, depth + 1, false)));
      return out;
    }
    if (quotes && depth < deepest && /^> |^>$/.test(line)) {
      flush();
      const inner = [];
      for (; i < list.length && /^> |^>$/.test(list[i]); i++) inner.push(list[i].slice(2));
      i--;
      out.push(h('blockquote', null, lines(inner.join('\n'), ctx, depth + 1, false)));
    } else if ((m = /^(#{1,3}) +(\S.*)$/.exec(line))) {
      flush();
      out.push(h('div', { class: 'md-h md-h' + m[1].length, role: 'heading', 'aria-level': 2 + m[1].length }, inline(m[2], ctx, depth)));
    } else if ((m = /^-# +(\S.*)$/.exec(line))) {
      flush();
      out.push(h('div', { class: 'md-small' }, inline(m[1], ctx, depth)));
    } else if (item(line)) {
      flush();
      const items = [];
      for (; i < list.length && item(list[i]); i++) items.push(item(list[i]));
      i--;
      out.push(...listsOf(items, ctx, depth));
    } else {
      plain.push(line);
    }
  }
  flush();
  return out;
}

function item(line) {
  const m = /^( {0,20})(?:[-*]|(\d{1,9})\.) +(\S.*)$/.exec(line);
  return m && { indent: m[1].length, number: m[2], text: m[3] };
}

// listsOf are lists one below the other: another begins where bullets follow numbers, or numbers bullets.
function listsOf(items, ctx, depth) {
  const out = [];
  let from = 0;
  for (let i = 1; i <= items.length; i++) {
    const other = i < items.length && items[i].indent <= items[from].indent && (items[i].number === undefined) !== (items[from].number === undefined);
    if (i < items.length && !other) continue;
    out.push(listOf(items.slice(from, i), ctx, depth));
    from = i;
  }
  return out;
}

// listOf nests the items of a list by how far they stand in.
function listOf(items, ctx, depth) {
  const numbered = items[0].number !== undefined;
  const el = h(numbered ? 'ol' : 'ul', numbered && items[0].number !== '1' ? { start: items[0].number } : null);
  for (let i = 0; i < items.length;) {
    let j = i + 1;
    while (j < items.length && items[j].indent > items[i].indent) j++;
    const li = h('li', null, inline(items[i].text, ctx, depth));
    if (j > i + 1) {
      if (depth < deepest) li.append(...listsOf(items.slice(i + 1, j), ctx, depth + 1));
      else for (const deep of items.slice(i + 1, j)) li.append(' ', ...inline(deep.text, ctx, depth));
    }
    el.append(li);
    i = j;
  }
  return el;
}

const pairs = [
  ['**', (c) => h('strong', null, c)],
  ['__', (c) => h('u', null, c)],
  ['~~', (c) => h('s', null, c)],
  ['||', spoiler],
];

// inline returns the nodes of a text that stands in one block.
function inline(text, ctx, depth) {
  const out = [];
  let plain = '';
  const put = (node, length) => {
    if (plain !== '') out.push(...broken(plain));
    plain = '';
    out.push(node);
    i += length;
  };
  let i = 0;
  while (i < text.length) {
    const c = text[i];
    if (c === '\\' && i + 1 < text.length && signs.test(text[i + 1])) {
      plain += text[i + 1];
      i += 2;
      continue;
    }
    const found = depth < deepest && special(text, i, ctx, depth);
    if (found) {
      put(found.node, found.length);
      continue;
    }
    plain += c;
    i++;
  }
  if (plain !== '') out.push(...broken(plain));
  return out;
}

// broken is a text with its line ends.
function broken(text) {
  const out = [];
  text.split('\n').forEach((line, i) => {
    if (i) out.push(document.createElement('br'));
    if (line !== '') out.push(document.createTextNode(line));
  });
  return out;
}

// special reads what begins at i, or returns null.
function special(text, i, ctx, depth) {
  const rest = text.slice(i, i + 2100);
  switch (text[i]) {
    case '`': return code(rest);
    case '<': return angled(rest, ctx);
    case '[': return masked(rest, ctx, depth);
    case 'h': return i > 0 && /[\p{L}\p{N}]/u.test(text[i - 1]) ? null : bare(rest, ctx);
    case '@': return everyone(rest, ctx);
    case '*': case '_': case '~': case '|': return marked(text, i, ctx, depth);
  }
  return null;
}

function code(rest) {
  const m = /^(`{1,2})(?!`)([\s\S]*?[^`])\1(?!`)/.exec(rest);
  return m && { node: h('code', null, m[2].replace(/^ (`.*`) $/, '$1')), length: m[0].length };
}

function marked(text, i, ctx, depth) {
  for (const [mark, make] of pairs) {
    if (!text.startsWith(mark, i)) continue;
    const end = closing(text, i + 2, mark);
    if (end > i + 2 && text.slice(i + 2, end).trim() !== '') {
      return { node: make(inline(text.slice(i + 2, end), ctx, depth + 1), ctx), length: end + 2 - i };
    }
  }
  const c = text[i];
  if (c !== '*' && c !== '_' || /\s/.test(text[i + 1] || ' ') || text[i + 1] === c) return null;
  if (c === '_' && i > 0 && /[\p{L}\p{N}]/u.test(text[i - 1])) return null;
  for (let end = closing(text, i + 1, c); end > 0; end = closing(text, end + 1, c)) {
    if (/\s/.test(text[end - 1]) || c === '_' && /[\p{L}\p{N}_]/u.test(text[end + 1] || '')) continue;
    return { node: h('em', null, inline(text.slice(i + 1, end), ctx, depth + 1)), length: end + 1 - i };
  }
  return null;
}

// closing finds a mark that is neither escaped, nor in code, nor a part of a longer one; -1 where there is none.
function closing(text, from, mark) {
  for (let i = from; i < text.length; i++) {
    if (text[i] === '\\') {
      i++;
    } else if (text[i] === '`') {
      const m = code(text.slice(i));
      if (m) i += m.length - 1;
    } else if (text.startsWith(mark, i)) {
      if (mark.length === 2 || text[i + 1] !== mark) {
        while (mark.length === 2 && text[i + 2] === mark[0]) i++; // ***: the outer mark is the last
        return i;
      }
      i++;
    }
  }
  return -1;
}

function spoiler(content, ctx) {
  const body = h('span', { class: 'spoiler-body', hidden: true }, content);
  const button = h('button', {
    type: 'button', class: 'spoiler-button', 'aria-expanded': 'false',
    on: { click: () => {
      body.hidden = !body.hidden;
      button.setAttribute('aria-expanded', String(!body.hidden));
    } },
  }, ctx.words('spoiler'));
  return h('span', { class: 'spoiler' }, button, body);
}

// address returns a web address that may be linked, or null.
function address(text) {
  try {
    const u = new URL(text);
    return (u.protocol === 'https:' || u.protocol === 'http:') && u.username === '' && u.password === '' ? u : null;
  } catch {
    return null;
  }
}

const link = (u, ...content) => h('a', { href: u.href, target: '_blank', rel: 'noopener noreferrer nofollow', class: 'md-link' }, ...content);

function bare(rest, ctx) {
  const m = /^https?:\/\/[^\s<>\\]+/.exec(rest);
  if (!m) return null;
  let text = m[0].replace(/[.,;:!?"'*_~|]+$/, '');
  while (text.endsWith(')') && text.split(')').length > text.split('(').length) text = text.slice(0, -1);
  const u = address(text);
  return u && { node: ctx.link(u) || link(u, text), length: text.length };
}

// masked is a link behind other words: its address is always shown beside it.
function masked(rest, ctx, depth) {
  const m = /^\[((?:\\.|[^[\]\\\n]){1,1000})\]\((?:<(https?:\/\/[^\s<>]+)>|(https?:\/\/[^\s()<>]+(?:\([^\s()<>]*\)[^\s()<>]*)*))\)/.exec(rest);
  const u = m && address(m[2] || m[3]);
  if (!u) return null;
  const shown = u.href.length > 80 ? u.href.slice(0, 79) + '…' : u.href;
  const el = h('span', { class: 'md-masked' }, link(u, inline(m[1], { ...ctx, plain: true }, deepest)), ' ', h('span', { class: 'md-address', title: u.href }, shown));
  return { node: el, length: m[0].length };
}

function everyone(rest, ctx) {
  const m = ctx.everyone && /^@(everyone|here)\b/.exec(rest);
  return m ? { node: h('span', { class: 'mention me' }, m[0]), length: m[0].length } : null;
}

// angled reads what stands in < and >.
function angled(rest, ctx) {
  let m;
  if ((m = /^<(https?:\/\/[^\s<>]+)>/.exec(rest))) {
    const u = address(m[1]);
    return u && { node: ctx.link(u) || link(u, m[1]), length: m[0].length };
  }
  if ((m = /^<@!?(\d{1,20})>/.exec(rest))) {
    const person = ctx.person(m[1]);
    return { node: h('span', { class: m[1] === ctx.me ? 'mention me' : 'mention' }, '@' + (person ? person.name : ctx.words('unknown_person'))), length: m[0].length };
  }
  if ((m = /^<#(\d{1,20})>/.exec(rest))) {
    const channel = ctx.channel(m[1]);
    return { node: h('span', { class: 'mention' }, '#' + (channel ? channel.name : ctx.words('unknown_channel'))), length: m[0].length };
  }
  if ((m = /^<@&(\d{1,20})>/.exec(rest))) return { node: h('span', { class: 'mention' }, '@' + ctx.words('role')), length: m[0].length };
  if ((m = /^<\/([-_' \p{L}\p{N}]{1,98}):(\d{1,20})>/u.exec(rest))) return { node: ctx.command(m[1], m[2]), length: m[0].length };
  if ((m = /^<a?:(\w{2,32}):(\d{1,20})>/.exec(rest))) return { node: document.createTextNode(':' + m[1] + ':'), length: m[0].length };
  if ((m = /^<t:(-?\d{1,13})(?::([tTdDfFsSR]))?>/.exec(rest))) {
    const node = moment(Number(m[1]), m[2] || 'f', ctx.locale);
    return node && { node, length: m[0].length };
  }
  return null;
}

const styles = {
  t: { timeStyle: 'short' }, T: { timeStyle: 'medium' }, d: { dateStyle: 'short' }, D: { dateStyle: 'long' }, f: { dateStyle: 'long', timeStyle: 'short' },
  F: { dateStyle: 'full', timeStyle: 'short' }, s: { dateStyle: 'short', timeStyle: 'short' }, S: { dateStyle: 'short', timeStyle: 'medium' },
};

const formats = new Map(); // they take long to make
const format = (locale, style) => {
  const key = locale + style;
  if (!formats.has(key)) formats.set(key, style === 'R' ? new Intl.RelativeTimeFormat(locale, { numeric: 'auto' }) : new Intl.DateTimeFormat(locale, styles[style]));
  return formats.get(key);
};

// moment is a time in the reader's language and zone; null for one that no calendar has.
function moment(seconds, style, locale) {
  const at = new Date(seconds * 1000);
  if (Number.isNaN(at.getTime())) return null;
  const full = format(locale, 'F').format(at);
  const text = style === 'R' ? ago(at, locale) : format(locale, style).format(at);
  return h('time', { class: 'md-time', datetime: at.toISOString(), title: full }, text);
}

const spans = [['year', 31557600], ['month', 2629800], ['day', 86400], ['hour', 3600], ['minute', 60], ['second', 1]];

function ago(at, locale) {
  const seconds = (at.getTime() - Date.now()) / 1000;
  const [unit, length] = spans.find(([, n]) => Math.abs(seconds) >= n) || spans[spans.length - 1];
  return format(locale, 'R').format(Math.round(seconds / length), unit);
}
