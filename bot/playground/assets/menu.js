// Menus and dialogs.
import { h, icon } from './dom.js';
import { t } from './state.js';

let closeOpen = null;

// menu opens a menu beside an element, or at a point. items: {label, icon, run, danger} or {emojis, run}; null draws a line.
export function menu(items, at, label) {
  if (closeOpen) closeOpen(false);
  const before = document.activeElement;
  const el = h('div', { class: 'menu', role: 'menu', 'aria-label': label });
  for (const item of items) {
    if (!item) el.append(h('div', { class: 'menu-line', role: 'separator' }));
    else if (item.emojis) {
      el.append(h('div', { class: 'menu-emojis', role: 'group', 'aria-label': t('react') }, item.emojis.map((e) => entry({ label: e, run: () => item.run(e), bare: true }))));
    } else el.append(entry(item));
  }
  function entry(item) {
    return h('button', {
      type: 'button', role: 'menuitem', tabindex: '-1', class: 'menu-item' + (item.danger ? ' danger' : '') + (item.bare ? ' bare' : ''),
      on: { click: () => { close(item.keepFocus !== true); item.run(); } },
    }, item.icon && icon(item.icon), h('span', null, item.label), item.note && h('span', { class: 'note' }, item.note));
  }
  const entries = () => [...el.querySelectorAll('[role=menuitem]')];
  const move = (by) => {
    const list = entries();
    list[(list.indexOf(document.activeElement) + by + list.length) % list.length].focus();
  };
  function close(back) {
    closeOpen = null;
    el.remove();
    document.removeEventListener('pointerdown', outside, true);
    if (back && before && before.isConnected) before.focus();
  }
  function outside(e) {
    if (!el.contains(e.target)) close(false);
  }
  el.addEventListener('keydown', (e) => {
    const keys = { ArrowDown: () => move(1), ArrowRight: () => move(1), ArrowUp: () => move(-1), ArrowLeft: () => move(-1), Home: () => entries()[0].focus(), End: () => entries().at(-1).focus(), Escape: () => close(true), Tab: () => close(true) };
    if (!keys[e.key]) return;
    e.preventDefault();
    e.stopPropagation();
    keys[e.key]();
  });
  document.getElementById('main').append(el);
  place(el, at);
  document.addEventListener('pointerdown', outside, true);
  closeOpen = close;
  entries()[0].focus();
}

// place puts a menu where there is room; on a phone the style sheet puts it at the bottom.
function place(el, at) {
  const own = el.getBoundingClientRect();
  const box = at instanceof Element ? at.getBoundingClientRect() : { left: at.x, right: at.x, top: at.y, bottom: at.y };
  const left = Math.max(8, Math.min(at instanceof Element ? box.right - own.width : box.left, innerWidth - own.width - 8));
  const below = box.bottom + 4 + own.height <= innerHeight - 8;
  el.style.left = left + 'px';
  el.style.top = Math.max(8, Math.min(below ? box.bottom + 4 : box.top - own.height - 4, innerHeight - own.height - 8)) + 'px';
}

// dialog opens a form in a dialog. fields: {name, label, type, value, options, required, max, hint, rows}. send gets the values by name and may
// return an error's text, which is shown.
export function dialog({ title, text, fields, button, send, secondary }) {
  const id = 'dialog-' + Math.random().toString(36).slice(2);
  const problem = h('p', { class: 'problem', role: 'alert' });
  const inputs = new Map();
  const form = h('form', { method: 'dialog', novalidate: true },
    h('h2', { id }, title), text && h('p', { class: 'muted' }, text),
    fields.map((f) => field(f, inputs)), problem,
    h('div', { class: 'row end' },
      h('button', { type: 'button', class: 'button secondary', on: { click: () => el.close() } }, secondary || t('cancel')),
      h('button', { type: 'submit', class: 'button primary' }, button)));
  const el = h('dialog', { class: 'dialog', 'aria-labelledby': id }, form);
  form.addEventListener('submit', async (e) => {
    e.preventDefault();
    const values = {};
    for (const [name, { input, field: f }] of inputs) {
      values[name] = input.type === 'checkbox' ? input.checked : input.multiple ? [...input.selectedOptions].map((o) => o.value).join(' ') : input.value;
      const missing = f.required && String(values[name]).trim() === '';
      input.setAttribute('aria-invalid', String(missing));
      if (missing) {
        problem.textContent = t('field_required', f.label);
        input.focus();
        return;
      }
    }
    const wrong = await send(values);
    if (wrong) problem.textContent = wrong;
    else el.close();
  });
  el.addEventListener('close', () => el.remove());
  el.addEventListener('keydown', (e) => e.stopPropagation());
  document.body.append(el);
  el.showModal();
  const first = inputs.values().next().value;
  if (first) first.input.focus();
  return el;
}

function field(f, inputs) {
  if (f.text) return h('p', { class: 'muted' }, f.text);
  const id = 'field-' + Math.random().toString(36).slice(2);
  const props = { id, name: f.name, maxlength: f.max, minlength: f.min, placeholder: f.placeholder, autocomplete: 'off', 'aria-describedby': f.hint ? id + '-hint' : null, 'aria-required': f.required ? 'true' : null };
  let input;
  if (f.options) {
    input = h('select', { id, name: f.name, multiple: f.many, 'aria-describedby': props['aria-describedby'] }, f.options.map((o) => h('option', { value: o.value, selected: o.value === f.value || o.default }, o.label)));
  } else if (f.rows) {
    input = h('textarea', { ...props, rows: f.rows, value: f.value || '' });
  } else {
    input = h('input', { ...props, type: f.type || 'text' });
    if (f.type === 'checkbox') input.checked = Boolean(f.value);
    else input.value = f.value || '';
  }
  inputs.set(f.name, { input, field: f });
  const hint = f.hint && h('span', { class: 'hint', id: id + '-hint' }, f.hint);
  if (f.type === 'checkbox') return h('div', { class: 'field check' }, input, h('label', { for: id }, f.label), hint);
  return h('div', { class: 'field' }, h('label', { for: id }, f.label, f.required && h('span', { class: 'needed' }, ' ' + t('required'))), input, hint);
}

// formFields are the fields of a form that the bot opened; components of other types are left out.
export function formFields(list) {
  const out = [];
  for (const c of list || []) {
    if (c.type === 1) out.push(...(c.components || []).map((x) => inputField(x, x.label)));
    else if (c.type === 18 && c.component) out.push({ ...inputField(c.component, c.label), hint: c.description });
    else if (c.type === 10) out.push({ text: c.content });
  }
  return out.filter(Boolean);
}

function inputField(c, label) {
  const common = { name: c.custom_id, label: label || c.custom_id, required: c.required !== false, placeholder: c.placeholder };
  if (c.type === 4) return { ...common, value: c.value, rows: c.style === 2 ? 4 : 0, max: c.max_length || 4000, min: c.min_length };
  if (c.type === 3) return { ...common, many: (c.max_values || 1) > 1, options: c.options || [] };
  return null;
}
