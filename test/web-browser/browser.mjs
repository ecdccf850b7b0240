// browser.mjs: a server of its own, Chromium, and what is checked on every page.
// SPDX-License-Identifier: Apache-2.0
import { execFileSync, spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright-core';

const here = dirname(fileURLToPath(import.meta.url));
export const top = join(here, '../..');
const axe_source = readFileSync(join(here, '../node_modules/axe-core/axe.min.js'), 'utf8');
const screenshots = join(process.env.BUILD ?? join(top, 'build'), 'screenshots');
mkdirSync(screenshots, { recursive: true });

// ---- TAP

let n = 0, failed = 0;
export function check(holds, what, ...details) {
  n += 1;
  failed += holds ? 0 : 1;
  console.log(`${holds ? 'ok' : 'not ok'} ${n} - ${what}`);
  if (!holds)
    for (const detail of details)
      for (const line of String(detail).split('\n').slice(0, 25))
        console.log(`# ${line}`);
  return holds;
}
export function end() {
  console.log(`1..${n}`);
  process.exit(failed ? 1 : 0);
}

// ---- the server under test

function free_port() {
  return new Promise(resolve => {
    const probe = createServer().listen(0, '127.0.0.1', () => {
      const { port } = probe.address();
      probe.close(() => resolve(port));
    });
  });
}

export async function serve(words = []) {
  const folder = mkdtempSync(join(tmpdir(), 'hoshi-browser-'));
  const port = await free_port();
  const program = process.env.HOSHI ?? join(top, 'build/hoshi');
  const child = spawn(program, ['serve', '--data', join(folder, 'data'), '--listen', `127.0.0.1:${port}`, '--demo', ...words],
    { stdio: ['ignore', 'pipe', 'inherit'], detached: true });
  const signin = {};
  let text = '';
  await new Promise((resolve, reject) => {
    child.stdout.on('data', part => {
      text += part;
      for (const [, role, url] of text.matchAll(/^signin (\S+) (\S+)$/gm))
        signin[role] = url;
      if (/^ready \S+$/m.test(text))
        resolve();
    });
    child.on('exit', code => reject(new Error(`the server ended with ${code}: ${text}`)));
    setTimeout(() => reject(new Error(`no ready line: ${text}`)), 120000).unref();
  });
  child.removeAllListeners('exit');
  return {
    url: `http://127.0.0.1:${port}`, signin, folder,
    stop() {
      process.kill(-child.pid, 'SIGTERM');
      rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
    },
  };
}

// ---- the browser

export async function launch() {
  const found = execFileSync('sh', ['-c', 'command -v chromium || command -v chromium-browser'], { encoding: 'utf8' }).trim();
  // Root cannot have Chromium's own sandbox; nothing but our own pages is opened.
  return chromium.launch({ executablePath: found, args: process.getuid() === 0 ? ['--no-sandbox'] : [] });
}

// A person at a browser: language, width, with or without script; every page opened is looked at.
export async function person(browser, server, { role, language, width, script }) {
  const context = await browser.newContext({
    viewport: { width, height: width < 600 ? 844 : 900 }, javaScriptEnabled: script,
    locale: language === 'ja' ? 'ja-JP' : 'en-GB', reducedMotion: 'reduce',
  });
  const page = await context.newPage();
  page.setDefaultTimeout(60000);
  const strangers = [];
  page.on('request', request => {
    if (!request.url().startsWith(server.url) && !request.url().startsWith('data:'))
      strangers.push(request.url());
  });
  page.on('pageerror', problem => strangers.push(`script: ${problem}`));
  page.on('console', message => message.type() === 'error' && !/status of (4\d\d)/.test(message.text()) &&
    strangers.push(`console: ${message.text()}`));
  if (role)
    await page.goto(server.signin[role]);
  return { browser, context, page, role, language, width, script, strangers };
}

// ---- what is checked on every page

// Words that are the same in both languages: names, marks, formats.
const SAME = /\b(Hoshi|CycloneDX|SPDX|SBOM|MiB|JC-STAR|JSM-01|IPA|METI|NDA|API|URL|URI|JSON|SVG|PNG|PDF|CSV|QR|SHA-256|HTTP|https?|OpenAPI|application\/[\w.+-]+|text\/[\w.+-]+|image\/[\w.+-]+|kB|MB|GB|bytes?|JST|English)\b/g;

// Text that a person sees, outside elements that say they are of another language.
function visible_text(page) {
  return page.evaluate(() => {
    const whole = document.documentElement.lang, found = [];
    const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    for (let node = walk.nextNode(); node; node = walk.nextNode()) {
      const element = node.parentElement, said = node.textContent.trim();
      if (!said || ['SCRIPT', 'STYLE', 'TEXTAREA', 'CODE'].includes(element.tagName))
        continue;
      if ((element.closest('[lang]')?.lang || whole) !== whole || element.closest('[translate=no]'))
        continue;
      if (element.checkVisibility?.() !== false)
        found.push(said);
    }
    for (const element of document.querySelectorAll('[aria-label],[title],[alt],[placeholder]'))
      if ((element.closest('[lang]')?.lang || whole) === whole)
        for (const name of ['aria-label', 'title', 'alt', 'placeholder'])
          if (element.getAttribute(name))
            found.push(element.getAttribute(name));
    return [document.title, ...found];
  });
}

// An id of ours is no word of any language: sixteen characters, of both cases in a mix that no word has.
const ID = /(?<![\w-])(?=[\w-]*[a-z][\w-]*[A-Z])[\w-]{16}(?![\w-])/g;

// What people of the demonstration and this test typed themselves: names, addresses, models, reasons.
export function foreign_words(texts, language, typed) {
  const wrong = [];
  for (const text of texts) {
    let rest = text;
    for (const word of typed)
      rest = rest.split(word).join(' ');
    if (language === 'en') {
      if (/[\u3040-\u30ff\u3400-\u9fff\uff01-\uff60々]/.test(rest))
        wrong.push(text);
      continue;
    }
    rest = rest.replace(ID, ' ').replace(/https?:\/\/\S+|\S+@\S+|\S*\.(?:pdf|txt|csv|zip|rules|html)\b/g, ' ').replace(SAME, ' ');
    if (/(?<![\w.-])[A-Za-z][a-z]{2,}(?![\w-]*\d)/.test(rest))
      wrong.push(text);
  }
  return wrong;
}

// axe needs script: where the person has none, the same bytes are looked at in a page beside theirs.
async function axe(at) {
  let page = at.page, beside;
  if (!at.script) {
    beside = await at.browser.newContext({ viewport: at.page.viewportSize(), reducedMotion: 'reduce' });
    page = await beside.newPage();
    const body = await at.page.content(), url = at.page.url();
    await page.route(url, route => route.fulfill({ body, contentType: 'text/html; charset=utf-8' }));
    await page.goto(url);
  }
  await page.evaluate(axe_source);
  const found = await page.evaluate(() => globalThis.axe.run(document, {
    runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'] }));
  await beside?.close();
  return found;
}

const shot = new Set();
// scripts: those of ours that the page has; all but one page have none.
export async function look(at, name, typed, scripts = []) {
  const { page, language, width, script } = at;
  const where = `${name} (${language}, ${width} px${script ? '' : ', no script'})`;
  const file = `${name}.${language}.${width}${script ? '' : '.noscript'}.png`;
  if (shot.has(file))
    return;
  shot.add(file);
  const styled = await page.evaluate(() => [...document.querySelectorAll('[style]:not([style=""]),style,script')].map(e =>
    (e.tagName === 'SCRIPT' && !e.textContent && new URL(e.src).pathname) || e.outerHTML.slice(0, 200)));
  check(styled.join() === scripts.join(), `${where}: no style, and no script but ${scripts.join() || 'none'}, in the page`, ...styled);
  await page.screenshot({ path: join(screenshots, file), fullPage: true });

  const lang = await page.evaluate(() => document.documentElement.lang);
  check(lang === language, `${where}: the page says that it is in ${language}`, lang);
  const left = foreign_words(await visible_text(page), language, typed);
  check(left.length === 0, `${where}: no word of the other language is left over`, ...left);
  const wide = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
  check(wide <= 0, `${where}: nothing is wider than the screen`, `${wide} px too wide`);

  const found = await axe(at);
  check(found.violations.length === 0, `${where}: axe finds nothing`,
    ...found.violations.map(v => `${v.id}: ${v.help}: ${v.nodes.slice(0, 3).map(node => node.html.slice(0, 200)).join(' | ')}`));
  check(found.passes.length > 5, `${where}: axe had something to look at`);
}
