// sample.test.mjs: a planned sample for surveillance in Chromium: planned, refused where it has to be, drawn by the
// clock, drawn again here by nothing of ours, looked at to its end, and published: 4.6.3, A-TM.
// SPDX-License-Identifier: Apache-2.0
// test: seconds=600 alone
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { check, end, launch, look, person, serve, top } from './browser.mjs';

const seed = name => JSON.parse(readFileSync(join(top, 'seed', name), 'utf8'));
const NAMES = [...seed('demo-body.json').people.flatMap(one => [one.ja, one.en]),
  ...seed('demo-makers.json').makers.flatMap(one => [one.ja, one.en]),
  ...seed('demo-makers.json').products.flatMap(one => [one.ja, one.en])].sort((a, b) => b.length - a.length);
const sha256 = text => createHash('sha256').update(text).digest('hex');
const SIZE = 2;

async function act(page, url, step, fields = {}) {
  await page.goto(url);
  await page.locator(`#step-${step}`).first().click();
  await page.locator('#do').waitFor();
  for (const [name, value] of Object.entries(fields)) {
    const input = page.locator(`[name="${name}"]`).first();
    if (await page.locator(`select[name="${name}"]`).count())
      await input.selectOption(value);
    else if (await input.getAttribute('type') === 'radio')
      await page.locator(`[name="${name}"][value="${value}"]`).check({ force: true });
    else
      await input.fill(value);
  }
  await page.locator('#do').click();
  await page.waitForLoadState();
}

async function fields_of(server, url) {
  const keys = await (await fetch(`${server.url}/demo/keys`)).json();
  const got = await fetch(`${server.url}/api/v1${new URL(url).pathname}`, { headers: { Authorization: `Bearer ${keys['technical-manager']}` } });
  return (await got.json()).fields;
}

// doc/surveillance.md, "Drawing again": from the numbers of the register, the seed, and SHA-256.
async function draw_again(server, drawn, where) {
  const csv = (await (await fetch(`${server.url}/labels.csv`)).text()).split(/\r?\n/).filter(line => /^"?HS/.test(line));
  const numbers = csv.filter(line => /\b(valid|grace)\b/.test(line)).map(line => /HS[\w-]+/.exec(line)[0]).sort();
  check(numbers.length === drawn['sample-population'], `${where}: the population is what the register has in force`, numbers.length, drawn['sample-population']);
  check(sha256(numbers.map(number => number + '\n').join('')) === drawn['sample-digest'], `${where}: its digest is that on record`);
  const ranked = numbers.map(number => [sha256(`${drawn['sample-seed']}:${number}`), number]).sort();
  check(ranked.slice(0, SIZE).map(one => one[1]).sort().join() === drawn['sample-labels'].trim().split(/\s+/).sort().join(),
    `${where}: 4.6.3-1 drawn again from the seed, the same labels`, drawn['sample-labels']);
}

async function walk(browser, server, language, width, days) {
  const ja = language === 'ja', who = { language, width, script: width > 600 }, where = `${language} ${width}`;
  const tm = await person(browser, server, { role: 'technical-manager', ...who });
  const officer = await person(browser, server, { role: 'operational-personnel', ...who });
  const reasons = ja ? '年度の計画による。' : 'By the plan of the year.';
  const day = ahead => new Date(Date.now() + 9 * 3600e3 + (days + ahead) * 864e5).toISOString().slice(0, 10);
  const state = () => tm.page.locator('#state').getAttribute('data-state');
  const at = (one, what) => look(one, what, [...NAMES, reasons]);

  await tm.page.goto(`${server.url}/watch?lang=${language}`);
  await tm.page.locator('#new-sample').click();
  const url = tm.page.url().split('?')[0];
  await at(tm, 'sample-draft');
  await act(tm.page, url, 'declare-no-conflict');
  await act(tm.page, url, 'plan-sample', { 'sample-size': String(SIZE), 'sample-day': day(0), reasons });
  check((await tm.page.locator('main').innerText()).includes(ja ? '抽出の日が今日より後の日ではありません' : 'The day of the draw is not after today'),
    `${where}: a day that is not ahead is refused in words`);
  await look(tm, 'sample-refused', [...NAMES, reasons, 'refused-form', 'draw-ahead']);
  await act(tm.page, url, 'plan-sample', { 'sample-size': String(SIZE), 'sample-day': day(1), reasons });
  await tm.page.goto(url);
  check(await state() === 'sample-planned', `${where}: A-TM planned`);
  await at(tm, 'sample-planned');

  await officer.page.goto(`${server.url}/demo/time?lang=${language}`);
  const form = await officer.page.locator('[name=form]').first().getAttribute('value');
  await officer.page.request.post(`${server.url}/demo/time`, { form: { days: '1', form } });
  for (const one of [tm, officer])
    await one.page.goto(server.signin[one.role]);
  for (let i = 0; i < 200 && await tm.page.goto(url) && await state() !== 'sample-drawn'; i++)
    await tm.page.waitForTimeout(300);
  check(await state() === 'sample-drawn', `${where}: 4.6.3-1 drawn by the clock, at the begin of its day`);
  const drawn = await fields_of(server, url);
  check((await tm.page.locator('main').innerText()).includes(drawn['sample-seed']), `${where}: the page shows the seed`);
  await at(tm, 'sample-drawn');
  await draw_again(server, drawn, where);
  await act(tm.page, url, 'order-sample', { 'surveillance-cause': 'planned-sample', reasons });
  await tm.page.goto(url);
  check(await state() === 'sample-running', `${where}: A-TM all of it is ordered`, await tm.page.locator('main').innerText());
  await at(tm, 'sample-running');
  await act(tm.page, url, 'close-sample');
  const refused = await tm.page.locator('main').innerText();
  await look(tm, 'sample-close-refused', [...NAMES, reasons, '409 refused', 'none-open-below']);
  await tm.page.goto(url);
  check(refused.includes('4.6.3-1') && await state() === 'sample-running', `${where}: it is not closed while one is under way, by its clause`, refused);

  await tm.page.goto(url);
  const below = await tm.page.locator('[data-related="surveillance"]').evaluateAll(links => links.map(link => link.href));
  check(below.length === SIZE, `${where}: a surveillance for each label`, below.length);
  for (const one of below) {
    await act(officer.page, one, 'declare-no-conflict');
    await act(officer.page, one, 'begin-examination');
    await act(officer.page, one, 'report-examination', { 'surveillance-outcome': 'no-grounds', 'surveillance-report-text': reasons });
    await tm.page.goto(one);
    if (await tm.page.locator('#step-declare-no-conflict').count())
      await act(tm.page, one, 'declare-no-conflict');
    await act(tm.page, one, 'close-clean', { reasons });
  }
  await at(tm, 'sample-surveillance');
  await act(tm.page, url, 'close-sample');
  await tm.page.goto(url);
  check(await state() === 'closed', `${where}: 4.6.3-1 closed`, await tm.page.locator('main').innerText());
  await at(tm, 'sample-closed');
  const number = drawn['sample-labels'].trim().split(/\s+/)[0];
  const anyone = await person(browser, server, who);
  await anyone.page.goto(`${server.url}/L/${number}?lang=${language}`);
  check((await anyone.page.content()).includes(drawn['sample-seed']), `${where}: 4.6.3-1 the label's public page has the draw and its seed`);
  await at(anyone, 'sample-public');
  for (const one of [tm, officer, anyone]) {
    check(one.strangers.length === 0, `${where}: nothing from elsewhere`, ...one.strangers);
    await one.context.close();
  }
}

const server = await serve();
const browser = await launch();
try {
  await walk(browser, server, 'ja', 390, 0);
  await walk(browser, server, 'en', 1280, 1);
  await walk(browser, server, 'en', 390, 2);
  await walk(browser, server, 'ja', 1280, 3);
} catch (problem) {
  check(false, 'the road is walked to its end', problem.stack);
} finally {
  await browser.close();
  server.stop();
}
end();
