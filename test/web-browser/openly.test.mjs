// openly.test.mjs: anyone without an account in Chromium: the forms, the same question found first, a report with
// a picture, the page that follows it, answers while one types (with script) and when it is sent (without), the public answers and facts, and what personnel see: 4.10-1, 4.6.4-1.
// SPDX-License-Identifier: Apache-2.0
// test: seconds=600 alone
import { readFileSync, writeFileSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { check, end, launch, look, person, serve, top } from './browser.mjs';

const seed = name => JSON.parse(readFileSync(join(top, 'seed', name), 'utf8'));
const NAMES = [...seed('demo-body.json').people.flatMap(one => [one.ja, one.en]),
  ...seed('demo-makers.json').makers.flatMap(one => [one.ja, one.en]),
  ...seed('demo-makers.json').products.flatMap(one => [one.ja, one.en])].sort((a, b) => b.length - a.length);
const TYPED = [...NAMES, 'Update period of a discontinued model', 'Shown on a box', 'picture.png'];
const picture = join(mkdtempSync(join(tmpdir(), 'hoshi-')), 'picture.png');
writeFileSync(picture, readFileSync(join(top, 'seed', 'demo-claim.png')));

async function anyone(browser, server, language, width) {
  const one = await person(browser, server, { language, width, script: false });
  const at = (what, scripts) => look(one, what, TYPED, scripts), { page } = one;
  await page.goto(`${server.url}/?lang=${language}`);
  await page.goto(`${server.url}/open`);
  check(await page.locator('main a[href="/open/inquiry"]').count() === 1, `${language} ${width}: the forms are listed`);
  await at('open');
  await page.goto(`${server.url}/open/inquiry`);
  await at('open-inquiry', ['/static/alike.js']);
  await page.locator('#do').click();
  check(await page.locator('.errs a[href^="#"]').count() === 2, `${language} ${width}: what is missing is named`);
  await at('open-inquiry-wrong', ['/static/alike.js']);
  await page.locator('#inquiry-title').fill(language === 'ja' ? '初期パスワードのシール' : 'default password on a sticker');
  await page.locator('#inquiry-text').fill(language === 'ja' ? '機器ごとに異なる初期パスワードをシールに印刷してもよいですか。'
    : 'May a default password that differs by device be printed on a sticker?');
  await page.locator('#do').click();
  check(await page.locator('#alike').count() === 1, `${language} ${width}: 4.10-1 an answer to the same question is shown first`);
  await at('open-inquiry-alike', ['/static/alike.js']);
  await page.locator('#do').click();
  check(await page.locator('#state').getAttribute('data-state') === 'inquired', `${language} ${width}: 4.10-1 and it is sent all the same`);
  await at('follow-filed');

  await page.goto(`${server.url}/misuse?lang=${language}`);
  check(await page.locator('article').count() >= 1, `${language} ${width}: published facts`);
  await at('public-misuse');
  await page.locator(`main a[href*="/open/misuse"]`).click();
  await page.locator('[name="misuse-kind"]').first().waitFor();
  await page.locator('select#misuse-kind').selectOption('no-number');
  await page.locator('#claim-text').fill(language === 'ja' ? '箱に表示' : 'Shown on a box');
  await page.locator('#f-misuse-pictures').setInputFiles(picture);
  await at('open-misuse');
  await page.locator('#do').click();
  check(await page.locator('[data-number="receipt-number"]').innerText() !== '', `${language} ${width}: a report with a picture has its receipt number`);
  await at('follow-misuse');

  await page.goto(`${server.url}/inquiries?lang=${language}`);
  check(await page.locator('article.answered').count() >= 2, `${language} ${width}: 4.10-1 the published answers`);
  await at('public-inquiries');
  await page.locator('#q').fill(language === 'ja' ? 'シール' : 'sticker');
  await page.locator('.bar .btn').click();
  check(await page.locator('article.answered').count() >= 1, `${language} ${width}: 4.10-1 are searched`);
  await at('public-inquiries-found');
  await page.locator('article.answered a.num').first().click();
  await at('public-inquiry');
  check(one.strangers.length === 0, `${language} ${width}: nothing is asked of elsewhere`, ...one.strangers);
  await one.context.close();
}

// 4.10-1: offered while one types, to whoever asks and to who takes in what was asked by telephone
async function typed(browser, server, role, path, language, width) {
  const ja = language === 'ja', where = `${language} ${width} ${role ?? 'anyone'}`;
  const one = await person(browser, server, { role, language, width, script: true }), { page } = one;
  const asked = [];
  page.on('request', request => request.url().includes('/alike?') && asked.push(request));
  await page.goto(`${server.url}/?lang=${language}`);
  await page.goto(`${server.url}${path}`);
  const said = page.locator('#as-typed [role=status]');
  check(await page.locator('#as-typed').isVisible(), `${where}: where answers come is shown, with what becomes of what is typed`);
  await page.locator('#inquiry-title').pressSequentially(ja ? 'シー' : 'zz');
  await page.waitForTimeout(900);
  check(asked.length === 0, `${where}: nothing is asked of a few letters`);
  await page.locator('#inquiry-title').fill('');
  await page.locator('#inquiry-text').pressSequentially(ja ? '機器ごとに異なる初期パスワードをシールに印刷してもよいですか'
    : 'May a default password that differs by device be printed on a sticker?', { delay: 10 });
  await page.locator('#as-typed li').first().waitFor();
  check(asked.length <= 3, `${where}: asked at pauses, not at each letter`, asked.length);
  check(asked.every(request => request.method() === 'POST' && !decodeURIComponent(request.url()).includes(ja ? '初期' : 'default')),
    `${where}: in a body, not in an address`);
  const n = await page.locator('#as-typed li').count();
  check(n >= 1 && n <= 5 && (await said.innerText()).includes(ja ? '公表済みの回答' : 'published answer'), `${where}: 4.10-1 answers like it, at most five, and that they are there is said`);
  await look(one, `as-typed${role ? '-desk' : ''}`, TYPED, ['/static/alike.js']);
  await page.locator('#inquiry-text').focus();
  await page.keyboard.press('Tab');
  check(await page.evaluate(() => document.activeElement.matches('#as-typed summary')), `${where}: the next stop of the keyboard is the first of them`);
  await page.keyboard.press('Enter');
  check(await page.locator('#as-typed details[open] a[target=_blank]').first().isVisible(), `${where}: it opens where it stands, and what was typed stays`);
  await page.locator('#inquiry-text').fill(ja ? 'まったく関係のないゝゝゞゞ' : 'qzxw vkjq wwzz');
  await page.waitForFunction(() => !document.querySelector('#as-typed li'));
  check((await said.innerText()).length > 0, `${where}: that none is like it is said too`);
  check(one.strangers.length === 0, `${where}: nothing is asked of elsewhere, no script at fault`, ...one.strangers);
  await one.context.close();
}

// An inquiry that criteria personnel take in themselves: opened by the API, its form is the portal's.
async function taken_in(server) {
  const keys = await (await fetch(`${server.url}/demo/keys`)).json();
  const call = async (path, body) => (await fetch(server.url + path, { method: 'POST', body: JSON.stringify(body), headers: {
    Authorization: `Bearer ${keys['criteria-personnel']}`, 'Content-Type': 'application/json', 'If-Match': '*',
    'Idempotency-Key': crypto.randomUUID() } })).json();
  const { id } = await call('/api/v1/cases', { procedure: 'inquiry' });
  await call(`/api/v1/cases/${id}/steps/declare-no-conflict`, {});
  return `/cases/${id}/steps/take-in-inquiry`;
}

async function personnel(browser, server, language, width) {
  const who = { language, width, script: false };
  const crit = await person(browser, server, { role: 'criteria-personnel', ...who });
  await crit.page.goto(`${server.url}/questions?lang=${language}`);
  check(await crit.page.locator('[data-late="yes"]').count() >= 1, `${language} ${width}: 4.10-1 overdue inquiries are shown`);
  await look(crit, 'questions', TYPED);
  const officer = await person(browser, server, { role: 'operational-personnel', ...who });
  await officer.page.goto(`${server.url}/claims?lang=${language}`);
  check(await officer.page.locator('#numbers').count() === 1, `${language} ${width}: numbers that do not exist`);
  await look(officer, 'claims', TYPED);
  await crit.context.close();
  await officer.context.close();
}

const server = await serve();
const browser = await launch();
try {
  const list = await (await fetch(`${server.url}/api/v1/labels?status=valid`)).json();
  const number = list.labels[0].number;
  await fetch(`${server.url}/L/${number.slice(0, 5)}8${number.slice(6)}`);
  for (const language of ['ja', 'en'])
    for (const width of [1280, 390]) {
      await anyone(browser, server, language, width);
      await personnel(browser, server, language, width);
    }
  await typed(browser, server, undefined, '/open/inquiry', 'ja', 390);
  await typed(browser, server, undefined, '/open/inquiry', 'en', 1280);
  await typed(browser, server, 'applicant', '/open/inquiry', 'en', 390);
  await typed(browser, server, 'criteria-personnel', await taken_in(server), 'ja', 1280);
} catch (problem) {
  check(false, 'the road is walked to its end', problem.stack);
} finally {
  await browser.close();
  server.stop();
}
end();
