// Elements are made here and nowhere else: texts become text nodes, so nothing that somebody wrote is ever read as markup.

const svg = 'http://www.w3.org/2000/svg';

// h makes an element. Props: class, on (listeners by event), key (finds it again after a change), and attributes; null and false leave one out.
export function h(tag, props, ...children) {
  const el = document.createElement(tag);
  for (const [name, value] of Object.entries(props || {})) {
    if (value === null || value === undefined || value === false) continue;
    if (name === 'class') el.className = value;
    else if (name === 'on') for (const [event, f] of Object.entries(value)) el.addEventListener(event, f);
    else if (name === 'key') el.dataset.key = value;
    else if (name === 'value') el.value = value;
    else el.setAttribute(name, value === true ? '' : String(value));
  }
  add(el, children);
  return el;
}

// add appends texts, nodes and lists of them.
export function add(el, children) {
  for (const c of children.flat(Infinity)) {
    if (c === null || c === undefined || c === false || c === '') continue;
    el.append(c instanceof Node ? c : document.createTextNode(String(c)));
  }
  return el;
}

// icon is a picture of the page's own set; it says nothing to a screen reader.
export function icon(name) {
  const el = document.createElementNS(svg, 'svg');
  el.setAttribute('class', 'icon');
  el.setAttribute('aria-hidden', 'true');
  el.setAttribute('focusable', 'false');
  const use = document.createElementNS(svg, 'use');
  use.setAttribute('href', '#i-' + name);
  el.append(use);
  return el;
}

// iconButton is a button that shows a picture and is called by its label.
export function iconButton(name, label, onclick, props) {
  return h('button', { type: 'button', class: 'icon-button', 'aria-label': label, title: label, on: { click: onclick }, ...props }, icon(name));
}

// older orders ids, which are numbers too large for numbers.
export const older = (a, b) => a.length - b.length || (a < b ? -1 : a > b ? 1 : 0);
