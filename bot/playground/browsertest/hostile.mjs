// What attackers write is text: see TestBrowserShowsHostileTextAsText.
import { axe, check, fail, run, settings, shot, sound, tab } from './browser.mjs';

const fine = new Set('A,ARTICLE,B,BLOCKQUOTE,BR,BUTTON,CODE,DETAILS,DIV,EM,FIGURE,H2,I,IMG,LI,OL,OPTION,P,PRE,S,SECTION,SELECT,SPAN,STRONG,SUMMARY,SVG,TIME,U,UL,USE'.split(','));

async function innocent(page, where) {
  const got = await page.evaluate(() => ({
    tags: [...new Set([...document.querySelectorAll('#messages *, dialog *, #picker *, #channels *')].map((el) => el.tagName.toUpperCase()))],
    handlers: [...document.querySelectorAll('*')].filter((el) => [...el.attributes].some((a) => a.name.startsWith('on'))).length,
    links: [...document.querySelectorAll('a[href]')].map((a) => [a.protocol, a.username, a.rel, a.textContent, a.href]),
    images: [...document.querySelectorAll('#messages img')].map((i) => i.src),
    scripts: document.scripts.length, styles: document.querySelectorAll('style, [style*=url]').length,
  }));
  for (const tag of got.tags) if (!fine.has(tag) && !['FORM', 'INPUT', 'TEXTAREA', 'LABEL', 'DIALOG', 'H3'].includes(tag)) fail(`${where}: a <${tag}> is on the page`);
  check(`${where}: no handlers`, got.handlers === 0);
  for (const [protocol, user, rel, , href] of got.links) if (!/^https?:$/.test(protocol) || user || !(rel.includes('noopener') || href.includes('/files/') || href.endsWith('#write'))) fail(`${where}: the link ${href}`);
  for (const src of got.images) if (!src.startsWith(settings.url + 'files/')) fail(`${where}: the picture ${src}`);
  check(`${where}: only the page's scripts`, got.scripts === 2 && got.styles === 0);
  await sound(page, where);
}

async function look(device, scheme) {
  const page = await tab(settings.url, { device, scheme, name: '<img src=x onerror=pwn()>' });
  page.ignored = ['Failed to load resource', 'the server responded with a status of'];
  await innocent(page, 'the channel');
  check('masked links show where they lead', (await page.locator('.md-address', { hasText: 'https://evil.example/?data=secret' }).count()) > 0);
  check('addresses with a user in them are no links', !(await page.locator('a[href*="dhs.gov@"]').count()));
  check('nobody is called by @everyone of no right', (await page.locator('article', { hasText: '＠everyone' }).count()) > 0);
  for (const b of await page.locator('.spoiler-button').all()) await b.click();
  await innocent(page, 'open spoilers');
  await page.evaluate(() => { document.getElementById('log').scrollTop = 900; });
  await shot(page, `hostile-${device}-${scheme}`);
  await page.evaluate(() => { document.getElementById('log').scrollTop = 6000; });
  await shot(page, `hostile-${device}-${scheme}-2`);
  await axe(page, 'hostile texts');

  await page.fill('#write', '/');
  await page.locator('#picker [role=option]').first().waitFor();
  await innocent(page, 'the commands');
  await page.keyboard.press('Enter');
  await page.locator('.command-form input').fill('x');
  await page.locator('.command-form [role=option]').first().waitFor();
  await innocent(page, 'the choices');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await page.locator('.command-form button[type=submit]').click();
  await page.locator('article.ephemeral').last().waitFor();
  await innocent(page, 'the response');
  await page.locator('article .row button.button', { hasText: 'toString' }).click();
  await page.locator('dialog.dialog').waitFor();
  await innocent(page, 'the form');
  await shot(page, `hostile-${device}-${scheme}-form`);
  await page.keyboard.press('Escape');
  await page.locator('article').last().focus();
  await page.keyboard.press('Enter');
  await page.locator('[role=menu]').waitFor();
  await innocent(page, 'the menu');
  await page.keyboard.press('Escape');
}

await run({
  'on a desktop': () => look('desktop', 'light'),
  'on a phone': () => look('phone', 'dark'),
  // No text takes the renderer long, or makes it give up.
  'in time': async () => {
    const page = await tab(settings.url);
    page.ignored = ['Failed to load resource'];
    const slow = await page.evaluate(async () => {
      const { render } = await import('/markdown.js');
      const ctx = { locale: 'en-US', me: '1', words: (k) => k, person: () => null, channel: () => null, command: () => document.createElement('span'), link: () => null };
      const marks = ['*', '_', '**', '__', '~~', '||', '`', '``', '```', '[', '](', '](https://x.y)', '<', '<@', '<t:1', '> ', '>>> ', '- ', '\n', '# ', '-# ', '\\', ' ', 'a', 'https://', '@everyone', '😀', '</a:1>', '1. ', '  '];
      let seed = 7;
      const next = (n) => { seed = (seed * 1103515245 + 12345) % 2147483648; return seed % n; };
      const out = [];
      const time = (text) => {
        const start = performance.now();
        const got = render(text, ctx);
        const took = performance.now() - start;
        if (took > 600) out.push(`${Math.round(took)} ms for ${text.slice(0, 40)}`);
        const holder = document.createElement('div');
        holder.append(got);
        for (const el of holder.querySelectorAll('*')) if (!/^(A|BLOCKQUOTE|BR|BUTTON|CODE|DIV|EM|LI|OL|PRE|S|SPAN|STRONG|TIME|U|UL)$/.test(el.tagName)) out.push(`<${el.tagName}> for ${text.slice(0, 40)}`);
      };
      for (const m of marks) time(m.repeat(2000).slice(0, 4000));
      for (const m of marks) for (const n of marks) time((m + n).repeat(500));
      for (let i = 0; i < 3000; i++) time(Array.from({ length: 60 }, () => marks[next(marks.length)]).join(''));
      return out;
    });
    for (const s of slow.slice(0, 10)) fail('rendering: ' + s);
  },
});
