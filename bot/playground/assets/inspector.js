// The inspector: how an answer came about.
import { h, icon } from './dom.js';
import { state, t } from './state.js';

const number = (n, digits = 2) => new Intl.NumberFormat(state.locale, { maximumFractionDigits: digits, minimumFractionDigits: digits }).format(n);
const percent = (n) => new Intl.NumberFormat(state.locale, { style: 'percent' }).format(n);
const millis = (n) => t('ms', number(n, n < 10 ? 1 : 0));

// inspection shows everything that is known of an answer.
export function inspection(x) {
  return [summary(x), x.found && found(x), x.drafts && x.drafts.map((d, i) => drafted(d, i)), shown(x), x.dropped && dropped(x), timing(x)];
}

function section(title, note, ...content) {
  return h('section', { class: 'inspect-section' }, h('h3', null, title, note !== null && note !== undefined && h('span', { class: 'count' }, note)), content);
}

function summary(x) {
  const searched = x.searched && x.searched !== x.question;
  const best = x.found && x.found.length > 0;
  return section(t('decision'), null,
    h('p', { class: 'inspect-question' }, x.question || '—'),
    h('div', { class: 'badges' },
      h('span', { class: 'badge ' + (x.outcome === 'answered' ? 'good' : 'warn') }, t('outcome_' + x.outcome)),
      h('span', { class: 'badge' }, t('mode_' + x.mode)), h('span', { class: 'badge' }, x.language === 'es' ? 'español' : 'English'),
      x.cached && h('span', { class: 'badge' }, t('cached')), x.shared && h('span', { class: 'badge' }, t('shared'))),
    best && h('div', { class: 'gauge-line' },
      h('span', null, t('probability')), gauge(x.probability, x.threshold), h('span', { class: 'figure' }, percent(x.probability))),
    best && h('p', { class: 'hint' }, t(x.probability >= x.threshold ? 'above_threshold' : 'below_threshold', percent(x.threshold))),
    h('dl', { class: 'facts-list' },
      searched && row(t('searched'), x.searched),
      x.repairs && x.repairs.length > 0 && row(t('repaired'), x.repairs.map((r) => `${r.Typed} → ${r.Taken}`).join(', ')),
      x.names && x.names.length > 0 && row(t('named'), x.names.join(', ')),
      x.premise && x.premise.length > 0 && row(t('premise'), x.premise.map((p) => `“${p.claim}” ↔ ${p.fact}`).join('; ')),
      row(t('version'), x.version.replace('sha256:', '').slice(0, 12))));
}

const row = (name, value) => [h('dt', null, name), h('dd', null, value)];

// gauge is a bar with a mark at the threshold.
function gauge(value, threshold) {
  const el = h('span', { class: 'gauge', 'aria-hidden': 'true' }, h('i', { class: value >= threshold ? 'fill' : 'fill low' }), h('b'));
  el.firstChild.style.width = Math.min(100, value * 100) + '%';
  el.lastChild.style.left = Math.min(100, threshold * 100) + '%';
  return el;
}

const foundFirst = 8; // facts that are listed at once; the rest is a click away

function found(x) {
  const best = Math.max(...x.found.map((f) => f.score), 0.001);
  const rest = x.found.slice(foundFirst);
  return section(t('retrieved'), x.found.length, foundTable(x.found.slice(0, foundFirst), 1, best),
    rest.length > 0 && h('details', { class: 'rest' }, h('summary', { key: 'found-rest' }, t('more_found', rest.length)), foundTable(rest, foundFirst + 1, best)));
}

function foundTable(list, first, best) {
  return h('table', { class: 'found' },
    h('caption', { class: 'visually-hidden' }, t('retrieved')),
    h('thead', null, h('tr', null, h('th', { scope: 'col' }, '#'), h('th', { scope: 'col' }, t('fact')), h('th', { scope: 'col' }, t('score')), h('th', { scope: 'col' }, t('covered')))),
    h('tbody', null, list.map((f, i) => {
      const bar = h('span', { class: 'bar', 'aria-hidden': 'true' }, h('i'));
      bar.firstChild.style.width = Math.max(0, (f.score / best) * 100) + '%';
      return h('tr', { class: f.cited ? 'cited' : f.chosen ? 'chosen' : null }, h('td', null, first + i),
        h('td', null, h('details', null, h('summary', { key: 'found-' + f.id }, h('code', null, f.id), f.cited ? h('span', { class: 'badge good' }, t('cited')) : f.chosen && h('span', { class: 'badge' }, t('chosen'))),
          h('p', null, h('span', { class: 'badge status-' + f.status }, t('status_' + f.status)), ' ', f.text))),
        h('td', { class: 'figure' }, number(f.score), bar), h('td', { class: 'figure' }, percent(f.words)));
    })));
}

function drafted(d, i) {
  const title = d.repairs ? t('draft_again', d.repairs) : t('draft');
  return section(title, i + 1,
    h('div', { class: 'badges' }, d.model && h('span', { class: 'badge' }, d.model), d.tokens > 0 && h('span', { class: 'badge' }, t('tokens', d.tokens)),
      d.failure && h('span', { class: 'badge bad' }, t('draft_failed', d.failure))),
    d.prompt && h('details', { class: 'prompt' }, h('summary', { key: 'prompt-' + i }, t('prompt')), h('pre', { tabindex: '0' }, d.prompt)),
    d.sentences && d.sentences.length ? h('ol', { class: 'verdicts' }, d.sentences.map(verdict)) : !d.failure && h('p', { class: 'muted' }, t('draft_empty')));
}

function verdict(s) {
  return h('li', { class: s.ok ? 'verdict ok' : 'verdict refused' },
    h('span', { class: 'verdict-mark' }, icon(s.ok ? 'check' : 'cross'), h('span', { class: 'visually-hidden' }, s.ok ? t('proved') : t('refused'))),
    h('div', null, h('p', null, s.text),
      h('p', { class: 'hint' }, s.ok ? t('proved_by', s.facts.join(', '))
        : [h('span', { class: 'badge bad' }, s.vetoed ? t('vetoed') : t('check_' + s.check)), ' ', h('code', null, s.vetoed ? 'veto' : s.check), s.words && s.words.length ? ' · ' + s.words.join(', ') : '']),
      !s.ok && s.detail && h('p', { class: 'hint' }, s.detail)));
}

function shown(x) {
  if (!x.sentences) return null;
  return section(t('sentences'), x.sentences.length, h('ol', { class: 'verdicts' }, x.sentences.map((s) => h('li', { class: 'verdict ok' },
    h('span', { class: 'verdict-mark' }, icon('check')), h('div', null, h('p', null, s.text), h('p', { class: 'hint' }, s.facts.map((f) => h('code', null, f))))))));
}

function dropped(x) {
  return section(t('dropped'), x.dropped.length, h('ul', { class: 'verdicts' }, x.dropped.map((d) => h('li', { class: 'verdict refused' },
    h('span', { class: 'verdict-mark' }, icon('cross')), h('div', null, h('p', null, d.text), h('p', { class: 'hint' }, h('code', null, d.reason)))))));
}

function timing(x) {
  const total = Math.max(x.took_ms, 0.001);
  return section(t('timing'), millis(x.took_ms), x.stages && h('ul', { class: 'stages' }, x.stages.map((s) => {
    const bar = h('span', { class: 'bar', 'aria-hidden': 'true' }, h('i'));
    bar.firstChild.style.width = Math.min(100, (s.ms / total) * 100) + '%';
    return h('li', null, h('span', null, t('stage_' + s.stage.replace(' ', '_'))), bar, h('span', { class: 'figure' }, millis(s.ms)));
  })));
}
