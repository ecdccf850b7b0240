// openly.test.mjs: anyone without an account in Chromium: the forms, the same question found first, a report with
// a picture, the page that follows it, the public answers and facts, and what personnel see: 4.10-1, 4.6.4-1.
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
  const at = what => look(one, what, TYPED), { page } = one;
  await page.goto(`${server.url}/?lang=${language}`);
  await page.goto(`${server.url}/open`);
  check(await page.locator('main a[href="/open/inquiry"]').count() === 1, `${language} ${width}: the forms are listed`);
  await at('open');
  await page.goto(`${server.url}/open/inquiry`);
  await at('open-inquiry');
  await page.locator('#do').click();
  check(await page.locator('.errs a[href^="#"]').count() === 2, `${language} ${width}: what is missing is named`);
  await at('open-inquiry-wrong');
  await page.locator('#inquiry-title').fill(language === 'ja' ? '初期パスワードのシール' : 'default password on a sticker');
  await page.locator('#inquiry-text').fill(language === 'ja' ? '機器ごとに異なる初期パスワードをシールに印刷してもよいですか。'
    : 'May a default password that differs by device be printed on a sticker?');
  await page.locator('#do').click();
  check(await page.locator('#alike').count() === 1, `${language} ${width}: 4.10-1 an answer to the same question is shown first`);
  await at('open-inquiry-alike');
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
} catch (problem) {
  check(false, 'the road is walked to its end', problem.stack);
} finally {
  await browser.close();
  server.stop();
}
end();
