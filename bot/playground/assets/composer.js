// Where people write: messages, and uses of commands.
import { h, iconButton } from './dom.js';
import { state, t } from './state.js';
import { avatar } from './message.js';

const textOption = 3, integerOption = 4, booleanOption = 5, channelOption = 7, numberOption = 10;

// Composer is the bar under a channel. deps: act, use, say, jumpToLast.
export class Composer {
  constructor(root, deps) {
    this.deps = deps;
    this.input = root.querySelector('textarea');
    this.form = root.querySelector('form');
    this.list = root.querySelector('.picker');
    this.bar = root.querySelector('.command-bar');
    this.reply = root.querySelector('.reply-bar');
    this.items = [];
    this.picked = -1;
    this.typed = 0;
    this.input.addEventListener('input', () => this.changed());
    this.input.addEventListener('keydown', (e) => this.key(e));
    this.input.addEventListener('blur', () => setTimeout(() => { if (document.activeElement !== this.input) this.closeList(); }, 150));
    this.form.addEventListener('submit', (e) => {
      e.preventDefault();
      this.send();
    });
    root.querySelector('.open-commands').addEventListener('click', () => {
      this.closeCommand();
      this.input.value = '/';
      this.input.focus();
      this.changed();
    });
  }

  // refresh fits the bar to the channel.
  refresh() {
    const c = state.channels.get(state.current);
    if (!c) return;
    const name = c.kind === 'dm' ? '@' + c.name : c.kind === 'thread' ? c.name : '#' + c.name;
    const words = t(c.kind === 'dm' ? 'write_here' : 'write_channel', name, state.bot.name);
    this.input.placeholder = words;
    this.input.setAttribute('aria-label', words);
    this.showReply();
  }

  changed() {
    this.grow();
    const now = Date.now();
    if (this.input.value && !this.input.value.startsWith('/') && now - this.typed > 8000) {
      this.typed = now;
      this.deps.act('type', { channel: state.current }).catch(() => {});
    }
    this.suggest();
  }

  grow() {
    this.input.style.height = 'auto';
    this.input.style.height = Math.min(this.input.scrollHeight, 240) + 'px';
  }

  // suggest opens the list of commands after a slash, and that of people after an @.
  suggest() {
    const before = this.input.value.slice(0, this.input.selectionStart);
    const at = /(?:^|\s)@([^\s@]{0,32})$/.exec(before);
    if (this.input.value.startsWith('/') && !this.input.value.includes('\n')) this.open(this.commands(this.input.value.slice(1)), t('commands'));
    else if (at) this.open(this.names(at[1]), t('people'));
    else this.closeList();
  }

  commands(typed) {
    const words = fold(typed).split(/\s+/).filter(Boolean);
    const dm = (state.channels.get(state.current) || {}).kind === 'dm';
    return state.commands.filter((c) => !c.menu && (c.dm || !dm))
      .map((c) => ({ c, rank: rank(c, words) })).filter((x) => x.rank >= 0).sort((a, b) => a.rank - b.rank)
      .map(({ c }) => ({
        pick: () => this.command(c),
        parts: [h('span', { class: 'command-name' }, '/' + c.name), h('span', { class: 'command-options' }, (c.options || []).filter((o) => o.required).map((o) => h('span', null, o.label))),
          h('span', { class: 'command-about' }, c.description), c.admin && h('span', { class: 'tag quiet' }, t('admin'))],
      }));
  }

  names(typed) {
    const want = fold(typed);
    return [...state.people.values()].sort((a, b) => Boolean(b.bot) - Boolean(a.bot)).filter((p) => fold(p.name).includes(want)).slice(0, 8).map((p) => ({
      pick: () => this.mention(p), parts: [avatar(p), h('span', null, p.name), p.bot && h('span', { class: 'tag' }, t('app'))],
    }));
  }

  mention(person) {
    const at = this.input.selectionStart;
    const before = this.input.value.slice(0, at).replace(/@[^\s@]*$/, '@' + person.name + ' ');
    this.input.value = before + this.input.value.slice(at);
    this.input.setSelectionRange(before.length, before.length);
    this.closeList();
    this.input.focus();
    this.grow();
  }

  open(items, label) {
    this.items = items;
    this.list.replaceChildren(...items.map((item, i) => h('li', {
      id: 'pick-' + i, role: 'option', 'aria-selected': 'false', on: { pointerdown: (e) => e.preventDefault(), click: () => item.pick() },
    }, item.parts)));
    this.list.setAttribute('aria-label', label);
    this.list.hidden = !items.length;
    this.choose(items.length ? 0 : -1);
  }

  closeList() {
    this.items = [];
    this.list.hidden = true;
    this.choose(-1);
  }

  choose(i) {
    this.picked = i;
    [...this.list.children].forEach((li, n) => li.setAttribute('aria-selected', String(n === i)));
    if (i >= 0) {
      this.input.setAttribute('aria-activedescendant', 'pick-' + i);
      this.list.children[i].scrollIntoView({ block: 'nearest' });
    } else this.input.removeAttribute('aria-activedescendant');
  }

  key(e) {
    if (e.isComposing) return;
    if (!this.list.hidden) {
      const move = { ArrowDown: 1, ArrowUp: -1 }[e.key];
      if (move) {
        e.preventDefault();
        this.choose((this.picked + move + this.items.length) % this.items.length);
        return;
      }
      if (e.key === 'Enter' && !e.shiftKey || e.key === 'Tab') {
        e.preventDefault();
        this.items[this.picked].pick();
        return;
      }
      if (e.key === 'Escape') {
        e.preventDefault();
        e.stopPropagation();
        this.closeList();
        return;
      }
    }
    if (e.key === 'Enter' && !e.shiftKey) {
      e.preventDefault();
      this.send();
    } else if (e.key === 'Escape' && state.replyTo) {
      e.stopPropagation();
      this.setReply(null);
    } else if (e.key === 'ArrowUp' && this.input.value === '') {
      e.preventDefault();
      this.deps.editLast();
    }
  }

  send() {
    const text = this.input.value.trim();
    if (!text) return;
    if (text.startsWith('/')) { // a command that was typed and not picked
      const typed = fold(text.slice(1));
      const own = state.commands.filter((c) => !c.menu).sort((a, b) => b.name.length - a.name.length).find((c) => [fold(c.name), fold(c.path)].some((n) => typed === n || typed.startsWith(n + ' ')));
      if (own) {
        this.command(own);
        return;
      }
    }
    const reply = state.replyTo;
    this.input.value = '';
    this.grow();
    this.closeList();
    this.setReply(null);
    this.deps.say(encode(text), reply && reply.id);
  }

  setReply(m) {
    state.replyTo = m;
    this.showReply();
    if (m) this.input.focus();
  }

  showReply() {
    const m = state.replyTo;
    this.reply.replaceChildren();
    this.reply.hidden = !m;
    if (m) this.reply.append(h('span', null, t('replying_to', m.author.name)), iconButton('close', t('cancel'), () => { this.setReply(null); this.input.focus(); }));
  }

  // command shows the fields of a command, filled with values by the option's default name.
  command(c, values = {}) {
    this.closeList();
    this.input.value = '';
    this.grow();
    if (!(c.options || []).length) {
      this.deps.use(c, []);
      this.input.focus();
      return;
    }
    const fields = c.options.map((o) => new OptionField(c, o, values[o.name], this));
    const problem = h('span', { class: 'problem', role: 'alert' });
    const form = h('form', { class: 'command-form', novalidate: true, 'aria-label': '/' + c.name },
      h('div', { class: 'command-title' }, h('span', { class: 'command-name' }, '/' + c.name), h('span', { class: 'muted' }, c.description),
        iconButton('close', t('cancel'), () => this.leaveCommand())),
      h('div', { class: 'command-fields' }, fields.map((f) => f.element)),
      h('div', { class: 'row end' }, problem, h('button', { type: 'submit', class: 'button primary' }, t('send'))));
    form.addEventListener('submit', (e) => {
      e.preventDefault();
      const options = [];
      for (const f of fields) {
        const wrong = f.problem();
        f.input.setAttribute('aria-invalid', String(Boolean(wrong)));
        if (wrong) {
          problem.textContent = wrong;
          f.input.focus();
          return;
        }
        if (f.value() !== null) options.push({ name: f.option.name, value: f.value() });
      }
      this.leaveCommand();
      this.deps.use(c, options);
    });
    form.addEventListener('keydown', (e) => {
      if (e.key === 'Escape' && !e.defaultPrevented) {
        e.stopPropagation();
        this.leaveCommand();
      }
    });
    this.fields = fields;
    this.bar.replaceChildren(form);
    this.bar.hidden = false;
    this.form.hidden = true;
    fields[0].input.focus();
  }

  closeCommand() {
    this.bar.replaceChildren();
    this.bar.hidden = true;
    this.form.hidden = false;
  }

  leaveCommand() {
    this.closeCommand();
    this.input.focus();
  }
}

// OptionField is one option of a command: a text, a choice, or a text whose completions the bot is asked for.
class OptionField {
  constructor(command, option, value, composer) {
    Object.assign(this, { command, option, composer, asked: 0, chosen: null, choices: [], picked: -1 });
    this.id = 'option-' + option.name;
    const shared = { id: this.id, 'aria-describedby': this.id + '-about', 'aria-required': option.required ? 'true' : null, autocomplete: 'off' };
    if (option.choices) {
      this.input = h('select', shared, h('option', { value: '' }, option.required ? t('choose') : t('not_given')), option.choices.map((c, i) => h('option', { value: i }, c.name)));
    } else if (option.type === booleanOption) {
      this.input = h('select', shared, h('option', { value: '' }, t('not_given')), h('option', { value: 'true' }, t('yes')), h('option', { value: 'false' }, t('no')));
    } else if (option.type === channelOption) {
      this.input = h('select', shared, h('option', { value: '' }, t('not_given')), [...state.channels.values()].filter((c) => c.kind !== 'dm').map((c) => h('option', { value: c.id }, '#' + c.name)));
    } else if (option.type === textOption && (option.max_length || 6000) > 300 && !option.autocomplete) {
      this.input = h('textarea', { ...shared, rows: 2, maxlength: option.max_length });
    } else {
      this.input = h('input', { ...shared, type: 'text', maxlength: option.max_length, inputmode: option.type === integerOption ? 'numeric' : null });
    }
    if (value !== undefined) this.input.value = value;
    if (this.input.tagName === 'TEXTAREA') {
      this.input.addEventListener('keydown', (e) => {
        if (e.key === 'Enter' && !e.shiftKey && !e.isComposing) {
          e.preventDefault();
          this.input.form.requestSubmit();
        }
      });
    }
    this.element = h('div', { class: option.required ? 'option required' : 'option' },
      h('label', { for: this.id }, option.label, option.required && h('span', { class: 'needed' }, ' ' + t('required'))), this.input,
      h('span', { class: 'hint', id: this.id + '-about' }, option.description));
    if (option.autocomplete) this.completes();
  }

  completes() {
    this.list = h('ul', { class: 'picker', role: 'listbox', tabindex: '-1', id: this.id + '-list', 'aria-label': this.option.label, hidden: true });
    this.element.append(this.list);
    for (const [name, value] of Object.entries({ role: 'combobox', 'aria-autocomplete': 'list', 'aria-expanded': 'false', 'aria-controls': this.list.id })) this.input.setAttribute(name, value);
    this.input.addEventListener('input', () => {
      this.chosen = null;
      clearTimeout(this.waiting);
      this.waiting = setTimeout(() => this.ask(), 120);
    });
    this.input.addEventListener('focus', () => this.ask());
    this.input.addEventListener('blur', () => setTimeout(() => this.show([]), 150));
    this.input.addEventListener('keydown', (e) => this.key(e));
  }

  async ask() {
    const asked = ++this.asked;
    const options = [];
    for (const f of this.composer.fields || []) if (f !== this && f.value() !== null) options.push({ name: f.option.name, value: f.value() });
    options.push({ name: this.option.name, value: this.input.value, focused: true });
    try {
      const got = await this.composer.deps.act('complete', { channel: state.current, command: this.command.path, options });
      if (asked === this.asked && document.activeElement === this.input) this.show(got.choices || []);
    } catch {
      this.show([]);
    }
  }

  show(choices) {
    if (choices.length && !this.list.hidden && JSON.stringify(choices) === JSON.stringify(this.choices)) return; // what is picked stays
    this.choices = choices;
    this.list.replaceChildren(...choices.map((c, i) => h('li', {
      id: `${this.id}-${i}`, role: 'option', 'aria-selected': 'false', on: { pointerdown: (e) => e.preventDefault(), click: () => this.take(i) },
    }, c.name)));
    this.list.hidden = !choices.length;
    this.input.setAttribute('aria-expanded', String(choices.length > 0));
    this.choose(-1);
  }

  choose(i) {
    this.picked = i;
    [...this.list.children].forEach((li, n) => li.setAttribute('aria-selected', String(n === i)));
    if (i < 0) this.input.removeAttribute('aria-activedescendant');
    else {
      this.input.setAttribute('aria-activedescendant', `${this.id}-${i}`);
      this.list.children[i].scrollIntoView({ block: 'nearest' });
    }
  }

  take(i) {
    this.chosen = this.choices[i];
    this.input.value = this.chosen.name;
    this.show([]);
    this.input.focus();
    this.asked++; // what is under way comes too late
  }

  key(e) {
    if (this.list.hidden || e.isComposing) return;
    const n = this.choices.length;
    if (e.key === 'ArrowDown') this.choose((this.picked + 1) % n);
    else if (e.key === 'ArrowUp') this.choose((this.picked - 1 + n) % n);
    else if (e.key === 'Enter' && this.picked >= 0) this.take(this.picked);
    else if (e.key === 'Escape') this.show([]);
    else return;
    e.preventDefault();
  }

  // value is what the option gets; null where it is left out.
  value() {
    const raw = this.input.value;
    if (this.chosen) return this.chosen.value;
    if (raw === '' || (this.option.type === textOption && raw.trim() === '' && !this.option.required)) return null;
    if (this.option.choices) return this.option.choices[Number(raw)].value;
    if (this.option.type === booleanOption) return raw === 'true';
    if (this.option.type === channelOption) return { channel: raw };
    if (this.option.type === integerOption || this.option.type === numberOption) return Number(raw);
    return raw;
  }

  problem() {
    const o = this.option, raw = this.input.value;
    if (o.required && raw.trim() === '') return t('field_required', o.label);
    if (raw !== '' && o.type === integerOption && !/^-?\d{1,15}$/.test(raw) || raw !== '' && o.type === numberOption && !Number.isFinite(Number(raw))) return t('field_number', o.label);
    if (raw !== '' && o.type === textOption && o.min_length && raw.length < o.min_length) return t('field_short', o.label, o.min_length);
    return '';
  }
}

export const fold = (s) => s.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase().trim();

// rank says how well what was typed fits a command, 0 being best; -1 = not at all. The default names and the descriptions count too.
function rank(c, words) {
  if (!words.length) return 1;
  const name = fold(c.name), path = fold(c.path), whole = words.join(' ');
  if (name.startsWith(whole) || path.startsWith(whole)) return 0;
  if (words.every((w) => name.includes(w) || path.includes(w))) return 1;
  return words.every((w) => fold(c.description).includes(w) && w.length > 2) ? 2 : -1;
}

// encode turns the names of people into mentions, the longest names first.
export function encode(text) {
  const people = [...state.people.values()].sort((a, b) => b.name.length - a.name.length);
  for (const p of people) {
    let out = '', rest = text;
    for (let i = rest.indexOf('@' + p.name); i >= 0; i = rest.indexOf('@' + p.name)) {
      const end = i + 1 + p.name.length;
      const ends = !/[\p{L}\p{N}]/u.test(rest[end] || '') && !/[\p{L}\p{N}<\\]/u.test(rest[i - 1] || ''); // a whole name
      out += rest.slice(0, i) + (ends ? `<@${p.id}>` : rest.slice(i, end));
      rest = rest.slice(end);
    }
    text = out + rest;
  }
  return text;
}

// decode is the reverse, for editing.
export const decode = (text) => text.replace(/<@!?(\d{1,20})>/g, (whole, id) => (state.people.has(id) ? '@' + state.people.get(id).name : whole));

