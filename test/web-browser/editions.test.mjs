// editions.test.mjs: an edition of the criteria in Chromium: drafted, previewed before it is signed, announced,
// and its public page; the page of a label as it was on a day: 5-1, 5-2, A-CRIT, A-TM, A-MD.
// SPDX-License-Identifier: Apache-2.0
// test: seconds=600 alone
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { check, end, launch, look, person, serve, top } from './browser.mjs';

const tokyo = new Date(Date.now() + 9 * 3600e3);
const day = ahead => new Date(tokyo.getTime() + ahead * 864e5).toISOString().slice(0, 10);
const seed = name => JSON.parse(readFileSync(join(top, 'seed', name), 'utf8'));
const NAMES = [...seed('demo-body.json').people.flatMap(one => [one.ja, one.en]),
  ...seed('demo-makers.json').makers.flatMap(one => [one.ja, one.en]),
  ...seed('demo-makers.json').products.flatMap(one => [one.ja, one.en])].sort((a, b) => b.length - a.length);

async function act(page, step, fill = async () => {}) {
  await page.locator(`#step-${step}`).first().click();
  await page.locator('#do').waitFor();
  await fill();
  await page.locator('#do').click();
  await page.waitForLoadState();
}

// One change of the criteria through its house; the road is walked in one language and width.
async function walk(browser, server, language, width, number) {
  const who = { language, width, script: width > 600 };
  const people = {};
  for (const role of ['criteria-personnel', 'technical-manager', 'managing-director'])
    people[role] = await person(browser, server, { role, ...who });
  const at = async (one, what) => look(one, what, NAMES);
  const crit = people['criteria-personnel'], tm = people['technical-manager'], md = people['managing-director'];

  await crit.page.goto(`${server.url}/cases?q=${encodeURIComponent('見本の新版')}&lang=${language}`);
  await crit.page.locator('main table a').first().click();
  await crit.page.locator('#preview').click();
  await at(crit, 'preview-announced');
  check(await crit.page.locator('[data-fate="to-bar"] b').innerText() !== '0', `${language}: 5-2 labels of the former edition are met`);
  await crit.page.goto(`${server.url}/editions?lang=${language}`);
  await at(crit, 'editions');
  await crit.page.locator('#level').selectOption('1');
  await crit.page.locator('#new-edition').click();
  const url = crit.page.url().split('?')[0].replace(/\/(steps|done).*/, '');
  await act(crit.page, 'declare-no-conflict');
  await crit.page.goto(url);
  await crit.page.locator('#step-draft-edition').first().click();
  await crit.page.locator('[name="edition-id"]').fill(`MIHON-${number}`);
  await crit.page.locator('[name="edition-title.ja"]').fill('見本の版');
  await crit.page.locator('[name="edition-title.en"]').fill('Edition for show');
  await crit.page.locator('[name="editorial"][value="no"]').check({ force: true });
  await crit.page.locator('[name="replaces"]').fill(number > 1 ? `MIHON-${number - 1}` : 'MIHON-CR-01-2027');
  await crit.page.locator('[name="criteria"]').fill('A1 | 項目一 | One\nA2 | 項目二');
  await crit.page.locator('#do').click();
  check((await crit.page.locator('main').innerText()).includes(language === 'ja' ? '2行目' : 'Line 2'),
    `${language}: A-CRIT a line that lacks its English is named`);
  await at(crit, 'edition-form');
  await crit.page.locator('[name="criteria"]').fill('A1 | 項目一 | One\nA2 | 項目二 | Two');
  await crit.page.locator('#do').click();
  await crit.page.goto(url);
  await act(crit.page, 'formulate-edition');
  await crit.page.goto(url);
  await at(crit, 'edition-case');

  await tm.page.goto(`${url}/preview`);
  await at(tm, 'preview-empty');
  await tm.page.locator('#begins').fill(day(400));
  await tm.page.locator('#acceptance').fill(day(399));
  await tm.page.locator('#extension').fill(day(399));
  await tm.page.locator('main form button').first().click();
  await tm.page.locator('#digest').waitFor();
  await at(tm, 'preview');
  const digest = await tm.page.locator('#digest').innerText();
  const list = await tm.page.evaluate(async link => (await fetch(link)).text(), await tm.page.locator('#list').getAttribute('href'));
  check(list.split('\r\n').length > 50 && list.includes('extension_filed_by'), `${language}: 5-1 the list has every label`, list.slice(0, 300));
  await tm.page.goto(url);
  await act(tm.page, 'declare-no-conflict');
  await tm.page.goto(url);
  await act(tm.page, 'preview-edition', async () => {
    await tm.page.locator('[name="edition-begins"]').fill(day(400));
    await tm.page.locator('[name="former-acceptance-end"]').fill(day(399));
    await tm.page.locator('[name="former-extension-end"]').fill(day(399));
  });
  await tm.page.goto(`${url}/preview`);
  check(await tm.page.locator('#digest').innerText() === digest, `${language}: 5-1 what was recorded is what was shown`);
  check(await tm.page.locator('.tag.ok').count() === 1, `${language}: … and it is still true`);
  await tm.page.goto(url);
  await act(tm.page, 'approve-technical');

  await md.page.goto(url);
  await act(md.page, 'declare-no-conflict');
  await md.page.goto(url);
  await act(md.page, 'announce-edition');
  await md.page.goto(url);
  check(await md.page.locator('#state').getAttribute('data-state') === 'edition-announced', `${language}: 5-1 announced`);
  await at(md, 'edition-announced');
  await md.page.goto(`${server.url}/editions`);
  check((await md.page.locator('main').innerText()).includes(`MIHON-${number}`), `${language}: it is among the editions`);
  for (const one of Object.values(people))
    await one.context.close();
}

async function anyone(browser, server, language, width) {
  const one = await person(browser, server, { language, width, script: false });
  const at = async what => look(one, what, NAMES);
  await one.page.goto(`${server.url}/criteria?lang=${language}`);
  await at('criteria');
  await one.page.locator('.found a').first().click();
  await at('criteria-edition');
  const { labels } = await (await fetch(`${server.url}/api/v1/labels?status=valid&limit=1`)).json();
  await one.page.goto(`${server.url}/L/${labels[0].number}?lang=${language}`);
  await at('label-today');
  await one.page.goto(`${server.url}/L/${labels[0].number}?lang=${language}&on=${labels[0].issued}`);
  check((await one.page.locator('main').innerText()).length > 300, `${language}: what the page said on the day of issuance`);
  await at('label-then');
  await one.context.close();
}

const server = await serve();
const browser = await launch();
try {
  let number = 0;
  for (const language of ['ja', 'en'])
    for (const width of [1280, 390]) {
      if ((width === 1280) === (language === 'ja')) // the second replaces what the first announced
        await walk(browser, server, language, width, ++number);
      await anyone(browser, server, language, width);
    }
} catch (problem) {
  check(false, 'the road is walked to its end', problem.stack);
} finally {
  await browser.close();
  server.stop();
}
end();
