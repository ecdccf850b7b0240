// succession.test.mjs: many labels succeeded to by one form with one proof, in Chromium: searched, chosen, one
// that is refused taken out, filed, and decided by the body in one go: 4.9-1.
// SPDX-License-Identifier: Apache-2.0
// test: seconds=600 alone
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { check, end, launch, look, person, serve, top } from './browser.mjs';

const seed = name => JSON.parse(readFileSync(join(top, 'seed', name), 'utf8'));
const MAKERS = seed('demo-makers.json').makers;
const NAMES = [...seed('demo-body.json').people.flatMap(one => [one.ja, one.en]),
  ...MAKERS.flatMap(one => [one.ja, one.en, one.person_ja, one.person_en]),
  ...seed('demo-makers.json').products.flatMap(one => [one.ja, one.en])].sort((a, b) => b.length - a.length);
const PROOF = { name: 'merger.pdf', mimeType: 'application/pdf', buffer: Buffer.from('%PDF-1.4 a merger\n') };

async function fill(one, day) {
  const { page } = one;
  await page.locator('[name="succession-kind"][value="merger"]').check({ force: true });
  await page.locator('#succession-day').fill(day);
  await page.locator('[name="contact-name.ja"]').fill('架空 太郎');
  await page.locator('[name="contact-name.en"]').fill('Taro Kakuu');
  await page.locator('#contact-mail').fill('taro@kakuu.example');
  await page.locator('[name="consent-nda"][value="given"]').check({ force: true });
  await page.locator('[name="consent-court"][value="given"]').check({ force: true });
}

async function decide(server, who, step, set) {
  const { page } = who;
  await page.goto(`${server.url}/batches/succession/${step}`);
  const waiting = await page.locator('input[name="case"]').count();
  if (set)
    await set(page);
  await page.locator('[name="no-conflict"]').check({ force: true });
  await page.locator('#do').click();
  return { waiting, done: await page.locator('td .tag.ok').count() };
}

async function walk(browser, server, language, width, from) {
  const other = { language, width, script: width > 600 };
  const maker = await person(browser, server, { role: 'applicant-for-two', ...other });
  const { page } = maker;
  const at = (one, what) => look(one, what, NAMES);
  const chosen = async () => (await page.locator('#numbers').inputValue()).split('\n').filter(Boolean);
  const name = language === 'ja' ? from.ja : from.en;
  const today = new Date(Date.now() + 9 * 3600000).toISOString().slice(0, 10);

  await page.goto(`${server.url}/my-labels?lang=${language}`);
  await page.locator('a[href="/succession"]').click();
  await at(maker, 'succession');

  // searched by the registrant: what anybody may see, with how many there are
  await page.locator('#q').fill(name);
  await page.locator('#q').press('Enter');
  const found = await page.locator('input[name="label"]').count();
  check(found > 1, `${language}: 4.9-1 the labels of a registrant are found`, await page.locator('main').innerText());
  await at(maker, 'succession-found');
  await page.locator('input[name="label"]').first().check({ force: true });
  await page.locator('#add').click();
  check((await chosen()).length === 1 && await page.locator('input[name="label"]').count() === found,
    `${language}: one is ticked, and the search stays`);
  await page.locator('button[name="all-of"]').first().click();
  const labels = await chosen();
  check(labels.length === found, `${language}: 4.9-1 all of the registrant are chosen, each once`, labels.join(' '));

  // nothing filled in; then no proof; then one label that is none
  await page.locator('#party').fill(MAKERS[1].corporate_number);
  await page.locator('#do').click();
  check(await page.locator('.errs a[href="#succession-kind"]').count() === 1, `${language}: the form is wanted`);
  await at(maker, 'succession-wrong');
  await fill(maker, today);
  await page.locator('#do').click();
  check(await page.locator('.errs').count() === 1 && await page.locator('.errs table, #which').count() === 0,
    `${language}: 4.9-1 the proof is wanted, told once`, await page.locator('main').innerText());
  await page.locator('#numbers').fill([...labels, 'HS99-99999-9'].join('\n'));
  await page.locator('#f-proof').setInputFiles(PROOF);
  await page.locator('#do').click();
  check(await page.locator('section[aria-labelledby="which"] tbody tr').count() === 1 && (await chosen()).length === labels.length,
    `${language}: 4.9-1 one is refused, none is filed, and the choice goes on without it`, await page.locator('main').innerText());
  await at(maker, 'succession-refused');
  await page.locator('#f-proof').setInputFiles(PROOF);
  await page.locator('#do').click();
  const filed = await page.locator('main table a').count();
  check(filed === labels.length, `${language}: 4.9-1 one case for each label`, `${filed} of ${labels.length}`);
  await at(maker, 'succession-filed');
  await page.locator('main table a').last().click();
  check(await page.locator('#state[data-state="received"]').count() === 1 && (await page.locator('main').innerText()).includes('merger.pdf'),
    `${language}: 4.9-1 received, with its proof`);

  // the body, in one go: accepted, confirmed, recommended, approved
  const people = {};
  for (const role of ['operational-personnel', 'deputy', 'technical-manager', 'managing-director'])
    people[role] = await person(browser, server, { role, ...other });
  for (const [step, role, set] of [
    ['accept', 'operational-personnel'],
    ['confirm-succession', 'operational-personnel', one => one.locator('[name="outcome"][value="conforms"]').check({ force: true })],
    ['approve-technical', 'technical-manager'],
    ['approve-succession', 'managing-director']]) {
    const { waiting, done } = await decide(server, people[role], step, set);
    check(waiting === labels.length && done === waiting, `${language}: 4.9-1 ${step}: all in one go`, `${done} of ${waiting}`,
      await people[role].page.locator('main').innerText());
    await at(people[role], `succession-${step}`);
  }
  await page.goto(`${server.url}/my-labels?q=${labels[0]}`);
  check(await page.locator('.found li').count() === 1, `${language}: 4.9-1 the label is the successor's`);
  await page.goto(`${server.url}/L/${labels[0]}?lang=${language}`);
  check((await page.locator('main').innerText()).includes(language === 'ja' ? MAKERS[1].ja : MAKERS[1].en),
    `${language}: 4.9-1 its public page names the successor`);
  for (const one of [maker, ...Object.values(people)]) {
    check(one.strangers.length === 0, `${language}: nothing from elsewhere, no script at fault`, ...one.strangers);
    await one.context.close();
  }
}

const server = await serve();
const browser = await launch();
try {
  await walk(browser, server, 'ja', 390, MAKERS[5]);
  await walk(browser, server, 'en', 1280, MAKERS[9]);
} catch (problem) {
  check(false, 'the walk went to its end', problem.stack);
} finally {
  await browser.close();
  server.stop();
}
end();
