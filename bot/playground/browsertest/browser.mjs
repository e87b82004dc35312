// What the browser tests share: a browser that reports everything that is wrong, axe-core, and screenshots.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { chromium } from 'playwright-core';

export const settings = JSON.parse(process.argv[2]);
const axeSource = readFileSync(new URL('node_modules/axe-core/axe.min.js', import.meta.url), 'utf8');
const wrong = [];

export const fail = (text) => {
  wrong.push(text);
  console.error('WRONG: ' + text);
};
export const check = (what, ok) => (ok ? ok : fail(what));

const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM,
  args: ['--headless', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'],
});

export const devices = {
  desktop: { viewport: { width: 1280, height: 800 } },
  phone: { viewport: { width: 390, height: 844 }, deviceScaleFactor: 2, hasTouch: true, isMobile: true },
};

// tab opens a page as somebody. what: device, scheme, locale, context.
export async function tab(url, { device = 'desktop', scheme = 'dark', locale = 'en-US', name, context } = {}) {
  const own = context || await browser.newContext({ ...devices[device], colorScheme: scheme, locale, reducedMotion: 'reduce' });
  const page = await own.newPage();
  page.setDefaultTimeout(15000);
  page.on('console', (m) => (m.type() === 'error' || m.type() === 'warning') && !expected(page, m.text()) && fail(`console of ${page.label}: ${m.text()}`));
  page.on('pageerror', (e) => fail(`error on ${page.label}: ${e.message}`));
  page.on('dialog', (d) => { fail(`a dialog on ${page.label}: ${d.message()}`); return d.dismiss(); });
  page.on('request', (r) => new URL(r.url()).origin !== new URL(url).origin && fail(`${page.label} asks ${r.url()}`));
  await page.addInitScript(() => {
    window.violations = [];
    document.addEventListener('securitypolicyviolation', (e) => window.violations.push(`${e.violatedDirective} ${e.blockedURI} ${e.sourceFile}:${e.lineNumber}`));
    window.pwn = () => { window.pwned = true; };
  });
  page.label = `${device}-${scheme}-${locale}`;
  page.ignored = [];
  await page.goto(url);
  await page.waitForSelector('body[data-ready=true]');
  if (name) await become(page, { name });
  return page;
}

const expected = (page, text) => (page.ignored || []).some((s) => text.includes(s));

// become fills in the dialog about the person of a tab.
export async function become(page, { name, locale, admin }) {
  await openSidebar(page);
  await page.click('#person');
  const dialog = page.locator('dialog.dialog');
  if (name) await dialog.locator('input[name=name]').fill(name);
  if (locale) await dialog.locator('select[name=locale]').selectOption(locale);
  if (admin !== undefined) await dialog.locator('input[name=admin]').setChecked(admin);
  await dialog.locator('button[type=submit]').click();
  await dialog.waitFor({ state: 'detached' });
  if (name) await page.locator('.person-name', { hasText: name }).waitFor();
  await page.waitForSelector('body[data-ready=true]');
  await closeSidebar(page);
}

const isPhone = (page) => page.viewportSize().width < 800;

export async function openSidebar(page) {
  if (isPhone(page) && !(await page.evaluate(() => document.body.classList.contains('sidebar-open')))) await page.click('#sidebar-toggle');
}

export async function closeSidebar(page) {
  if (isPhone(page) && await page.evaluate(() => document.body.classList.contains('sidebar-open'))) await page.keyboard.press('Escape');
}

export async function go(page, channel) {
  await openSidebar(page);
  await page.locator('.channel', { hasText: channel }).first().click();
  await page.waitForFunction((name) => document.querySelector('#title h1').textContent === name, channel);
}

export async function say(page, text) {
  await page.fill('#write', text);
  await page.keyboard.press('Escape');
  await page.press('#write', 'Enter');
}

// answered waits for a message of the bot that holds a text, the newest one.
export async function message(page, text) {
  const found = page.locator('article.message', { hasText: text }).last();
  await found.waitFor();
  return found;
}

// open opens a command by typing it and taking the first that fits. One without options is sent by that.
export async function open(page, command) {
  await page.fill('#write', '/' + command);
  await page.locator('#picker [role=option]').first().waitFor();
  await page.press('#write', 'Enter');
  return page.locator('.command-form');
}

// use opens a command, fills in its fields by label, and sends it.
export async function use(page, command, fields = {}) {
  const form = await open(page, command);
  for (const [label, value] of Object.entries(fields)) {
    const field = form.locator('.option', { hasText: label }).locator('input, select, textarea').first();
    if (await field.evaluate((el) => el.tagName) === 'SELECT') await field.selectOption(value);
    else if (value.pick) {
      await field.fill(value.type);
      await form.locator('[role=option]', { hasText: value.pick }).first().click();
    } else await field.fill(value);
  }
  await form.locator('button[type=submit]').click();
}

export const shot = async (page, name) => {
  await page.waitForTimeout(120); // pictures and fonts
  await page.screenshot({ path: join(process.env.SCREENSHOTS, `${name}.png`) });
};

// axe fails for what is serious or critical.
export async function axe(page, where) {
  await page.evaluate(axeSource);
  const found = await page.evaluate(() => window.axe.run(document, { resultTypes: ['violations'] }));
  for (const v of found.violations) {
    const text = `${where} on ${page.label}: axe ${v.impact} ${v.id}: ${v.help}: ${v.nodes.slice(0, 3).map((n) => n.html.slice(0, 160) + ' — ' + (n.any[0] ? n.any[0].message : '')).join(' | ')}`;
    if (v.impact === 'serious' || v.impact === 'critical') fail(text);
    else console.log('note: ' + text);
  }
}

// sound checks what has to hold on every page at every time.
export async function sound(page, where) {
  const got = await page.evaluate(() => ({
    violations: window.violations, pwned: window.pwned, wide: document.documentElement.scrollWidth - document.documentElement.clientWidth,
    log: document.getElementById('log').scrollWidth - document.getElementById('log').clientWidth,
    widest: [...document.querySelectorAll('#messages *')].reduce((a, el) => (el.getBoundingClientRect().right > a.right ? { right: el.getBoundingClientRect().right, name: `${el.parentElement.parentElement.className} ${el.parentElement.className} ${el.tagName}.${el.className} ${el.textContent.slice(0, 60)}` } : a), { right: 0 }).name,
  }));
  for (const v of got.violations) fail(`${where} on ${page.label}: the content security policy is violated: ${v}`);
  if (got.pwned) fail(`${where} on ${page.label}: a script of somebody else ran`);
  if (got.wide > 0 || got.log > 0) fail(`${where} on ${page.label}: it scrolls sideways by ${Math.max(got.wide, got.log)} px: ${got.widest}`);
}

// targets checks that what is to be touched is at least 44 px high and wide.
export async function targets(page, where) {
  const small = await page.evaluate(() => [...document.querySelectorAll('button, select, input, textarea, summary, a.button, a.file')].filter((el) => {
    const r = el.getBoundingClientRect();
    return el.checkVisibility({ visibilityProperty: true, opacityProperty: true }) && r.width > 0 && r.right > 0 && r.left < innerWidth && el.type !== 'checkbox' && (r.height < 43.5 || r.width < 43.5) && !el.closest('.md-small, .content');
  }).map((el) => `${el.tagName}.${el.className} ${Math.round(el.getBoundingClientRect().width)}×${Math.round(el.getBoundingClientRect().height)} ${el.textContent.slice(0, 30)}`));
  for (const s of small.slice(0, 5)) fail(`${where} on ${page.label}: too small to touch: ${s}`);
}

export const passed = (what) => console.log('ok: ' + what);

export async function end() {
  await browser.close();
  if (wrong.length) {
    console.error(`${wrong.length} things are wrong`);
    process.exit(1);
  }
}

// run does parts one after another; what breaks one leaves a screenshot and does not stop the others.
export async function run(parts) {
  for (const [name, part] of Object.entries(parts)) {
    const start = Date.now();
    try {
      await part();
      passed(`${name} (${Date.now() - start} ms)`);
    } catch (e) {
      fail(`${name}: ${e.stack}`);
      let n = 0;
      for (const context of browser.contexts()) for (const page of context.pages()) await page.screenshot({ path: join(process.env.SCREENSHOTS, `broken-${name}-${n++}.png`) }).catch(() => {});
    }
    for (const context of browser.contexts()) await context.close();
  }
  await end();
}
