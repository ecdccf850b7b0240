// watch.test.mjs: surveillance and revocation in Chromium, with what the registrant and the public learn, and what
// not, while a surveillance runs: 4.6.3, 4.6.4, A-TM, A-MD.
// SPDX-License-Identifier: Apache-2.0
// test: seconds=600 alone
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { check, end, launch, look, person, serve, top } from './browser.mjs';

const seed = name => JSON.parse(readFileSync(join(top, 'seed', name), 'utf8'));
const NAMES = [...seed('demo-body.json').people.flatMap(one => [one.ja, one.en]),
  ...seed('demo-makers.json').makers.flatMap(one => [one.ja, one.en]),
  ...seed('demo-makers.json').products.flatMap(one => [one.ja, one.en])].sort((a, b) => b.length - a.length);

let ahead = 0; // days by which the demonstration's clock was turned on
const day = days => new Date(Date.now() + 9 * 3600e3 + (ahead + days) * 864e5).toISOString().slice(0, 10);

async function fill(page, fields) {
  for (const [name, value] of Object.entries(fields)) {
    const input = page.locator(`[name="${name}"]`).first();
    if (await page.locator(`select[name="${name}"]`).count())
      await input.selectOption(value);
    else if (await input.getAttribute('type') === 'radio')
      await page.locator(`[name="${name}"][value="${value}"]`).check({ force: true });
    else
      await input.fill(value);
  }
}

async function act(page, url, step, fields = {}) {
  await page.goto(url);
  await page.locator(`#step-${step}`).first().click();
  await page.locator('#do').waitFor();
  await fill(page, fields);
  await page.locator('#do').click();
  await page.waitForLoadState();
  const wrong = await page.locator('[aria-invalid="true"], .errs').count();
  check(wrong === 0, `${step} is taken`, wrong ? await page.locator('main').innerText() : '');
  await page.goto(url);
}

async function walk(browser, server, language, width, whole) {
  const ja = language === 'ja', who = { language, width, script: width > 600 }, people = {};
  const roles = { maker: 'applicant', officer: 'operational-personnel', second: 'operational-personnel-2',
    tm: 'technical-manager', md: 'managing-director' };
  for (const [name, role] of Object.entries(roles))
    people[name] = await person(browser, server, { role, ...who });
  const { maker, officer, second, tm, md } = people;
  const at = (one, what) => look(one, what, NAMES);
  const main = one => one.page.locator('main').innerText();
  const state = one => one.page.locator('#state').getAttribute('data-state');
  const say = (japanese, english) => ja ? japanese : english;
  const reasons = say('確かめたことによる。', 'As was found.');

  // which label, and what its registrant and the public see of it before anything is done
  await maker.page.goto(`${server.url}/my-labels?lang=${language}`);
  const number = (await maker.page.locator('.found li:has(.badge.valid) a').first().getAttribute('href')).split('/').pop();
  const seen = async () => {
    const pages = [];
    for (const path of [`/my-labels/${number}`, '/my-labels', '/applications', '/notices', `/L/${number}?lang=${language}`]) {
      await maker.page.goto(server.url + path);
      pages.push((await main(maker)).replace(/\d+[:：]\d+/g, ''));
    }
    const answers = ['/api/v1/labels/' + number, '/api/v1/labels?q=' + number];
    for (const path of answers)
      pages.push(await (await fetch(server.url + path)).text());
    return pages;
  };
  await maker.page.goto(`${server.url}/notices`);
  const before = await seen();

  // the Technical Manager's page; ordered from the label
  await tm.page.goto(`${server.url}/watch?lang=${language}`);
  check(await tm.page.locator('nav a[href="/watch"]').count() === 1, `${language}: the page is linked for the Technical Manager`);
  check(await tm.page.locator('svg.chart').count() === 4, `${language}: it has its charts`);
  await at(tm, 'watch');
  await charts(server, people, language, width, at);
  await officer.page.goto(`${server.url}/inbox`);
  check(await officer.page.locator('nav a[href="/watch"]').count() === 0, `${language}: and for nobody else`);
  await tm.page.goto(`${server.url}/my-labels/${number}`);
  await at(tm, 'watch-label');
  await tm.page.locator('[data-begin="surveillance"]').click();
  const url = tm.page.url().split('?')[0];
  await act(tm.page, url, 'declare-no-conflict');
  await tm.page.locator('#step-order').first().click();
  await at(tm, 'watch-order');
  await act(tm.page, url, 'order', { 'surveillance-cause': 'report', reasons });
  check(await state(tm) === 'ordered', `${language}: A-TM ordered by the Technical Manager`);
  await officer.page.goto(url);
  await act(officer.page, url, 'declare-no-conflict');
  await act(officer.page, url, 'begin-examination');
  const after = await seen();
  check(after.every((text, i) => text === before[i]), `${language}: 4.6.3-1 neither the registrant nor the public learns of it`,
    ...after.filter((text, i) => text !== before[i]));
  const refused = await maker.page.goto(url);
  check(refused.status() === 404, `${language}: 4.6.3-1 to the registrant the case is none`, refused.status());
  await at(officer, 'watch-surveillance');

  // a question of its own, and its answer
  await act(officer.page, url, 'ask-registrant',
    { question: say('検証の方法を示してください。', 'Show how it is verified.'), 'answer-by': day(10) });
  await maker.page.goto(`${server.url}/my-labels/${number}`);
  await maker.page.locator('main table a').first().click();
  const asked = maker.page.url().split('?')[0];
  check((await main(maker)).includes(say('検証の方法を示してください。', 'Show how it is verified.')),
    `${language}: 4.6.3-1 the registrant reads the question`);
  await at(maker, 'watch-question');
  await act(maker.page, asked, 'answer-question', { answer: say('資料のとおりです。', 'As the evidence says.') });
  check(await state(maker) === 'question-answered', `${language}: 4.6.3-1 answered`);
  await at(maker, 'watch-answered');
  await officer.page.goto(asked);
  await act(officer.page, asked, 'close-question');
  await act(officer.page, url, 'report-examination', { 'surveillance-outcome': 'grounds', 'surveillance-report-text': reasons });

  // referred: corrective action required, shown with its period
  await tm.page.goto(url);
  await tm.page.locator('#step-refer').first().click();
  await fill(tm.page, { 'revocation-ground': 'conditions', reasons, measures: reasons, 'correct-by': day(3) });
  await tm.page.locator('#do').click();
  await look(tm, 'watch-too-short', [...NAMES, 'refused-form', 'period-long-enough']);
  check((await main(tm)).includes('4.6.4-2'), `${language}: 4.6.4-2 a period that is too short is refused by its clause`);
  await act(tm.page, url, 'refer', { 'revocation-ground': 'conditions', reasons, measures: reasons, 'correct-by': day(20) });
  const revocation = server.url + await tm.page.locator('[data-related="revocation"]').getAttribute('href');
  await maker.page.goto(`${server.url}/notices?lang=${language}`);
  await at(maker, 'watch-notices');
  await maker.page.goto(revocation);
  check(await state(maker) === 'required' && (await main(maker)).includes(reasons), `${language}: 4.6.4-3 what is required, and why`);
  await at(maker, 'watch-required');
  await act(maker.page, revocation, 'file-correction', { 'correction-text': say('更新を配布しました。', 'An update was sent out.') });
  await at(maker, 'watch-filed');
  await act(second.page, revocation, 'declare-no-conflict');
  await act(second.page, revocation, 'examine-correction', { 'correction-outcome': 'insufficient' });
  await act(tm.page, revocation, 'find-insufficient', { reasons });
  await at(tm, 'watch-insufficient');
  if (whole)
    await revoke(server, people, revocation, number, language, reasons, at);
  for (const one of Object.values(people)) {
    check(one.strangers.length === 0, `${language}: nothing from elsewhere, no script at fault`, ...one.strangers);
    await one.context.close();
  }
}

// 4.8.3-1: behind each bar the list that it counts; of sealed cases to nobody who may not read them (6.5-6)
async function charts(server, people, language, width, at) {
  const { tm, md, officer } = people, where = `${language} ${width}`;
  const bar = tm.page.locator('svg.chart[aria-labelledby="chart-importance"] a').first();
  const counted = Number(await bar.locator('.b').textContent());
  await bar.focus();
  await tm.page.keyboard.press('Enter');
  await tm.page.waitForURL(/watch\/importance/);
  check(counted > 0 && await tm.page.locator('tbody tr').count() === counted, `${where}: a bar leads to as many cases as it counts`, counted);
  await at(tm, 'watch-importance');
  await tm.page.locator('tbody a').first().click();
  check(await tm.page.locator('#state').count() === 1, `${where}: and a row to its case`);
  await tm.page.goto(`${server.url}/watch/fixes?lang=${language}`);
  check(await tm.page.locator('tbody tr').count() >= 6, `${where}: 4.6.4-2 the matters behind the days to fix`);
  await at(tm, 'watch-fixes');
  await tm.page.goto(`${server.url}/watch?lang=${language}`);
  for (const summary of await tm.page.locator('details summary').all())
    await summary.click();
  await at(tm, 'watch-tables');
  await md.page.goto(`${server.url}/watch?lang=${language}`);
  check(await md.page.locator('svg.chart').count() === 3 && await md.page.locator('a[href^="/watch/importance"]').count() === 0,
    `${where}: 6.5-6 nothing is counted of vulnerabilities for who may not read them`);
  await at(md, 'watch-md');
  check((await md.page.goto(`${server.url}/watch/importance`)).status() === 404, `${where}: 6.5-6 nor listed`);
  check((await officer.page.goto(`${server.url}/watch/nothing`)).status() === 404, `${where}: no other list`);
}

async function pass(server, people, days) {
  const { tm } = people;
  await tm.page.goto(`${server.url}/demo/time`);
  for (let left = days; left > 0; left -= 7) {
    const got = await tm.page.request.get(`${server.url}/demo/time`);
    const form = /name="form" value="([^"]*)"/.exec(await got.text());
    await tm.page.request.post(`${server.url}/demo/time`, { form: { days: String(Math.min(left, 7)), ...(form ? { form: form[1] } : {}) } });
  }
  ahead += days;
  for (const one of Object.values(people))
    await one.page.goto(server.signin[one.role]);
}

// after the period, heard, by both decisions; the public page, and the duties
async function revoke(server, people, url, number, language, reasons, at) {
  const { maker, tm, md } = people;
  const state = one => one.page.locator('#state').getAttribute('data-state');
  await pass(server, people, 21);
  for (let i = 0; i < 100 && await tm.page.goto(url) && await state(tm) !== 'ripe'; i++)
    await tm.page.waitForTimeout(300);
  check(await state(tm) === 'ripe', `${language}: 4.6.4-2 the period has passed, by the clock`);
  await act(tm.page, url, 'approve-revocation', { reasons });
  await maker.page.goto(url);
  await at(maker, 'watch-hearing');
  await act(maker.page, url, 'be-heard', { statement: reasons });
  await act(md.page, url, 'declare-no-conflict');
  await md.page.goto(`${server.url}/inbox?lang=${language}`);
  await at(md, 'watch-inbox');
  await act(md.page, url, 'revoke', { reasons });
  check(await state(md) === 'duties-open', `${language}: A-MD revoked by the Managing Director`);
  await at(md, 'watch-revoked');
  await maker.page.goto(url);
  await at(maker, 'watch-duties');
  await act(maker.page, url, 'confirm-duties', { 'claims-ended': 'yes', 'stock-handled': 'yes', 'packaging-handled': 'yes',
    'duties-text': reasons });
  const { browser, width, script } = maker; // somebody whose browser has kept no older answer
  const anyone = await person(browser, server, { language, width, script });
  await anyone.page.goto(`${server.url}/L/${number}?lang=${language}`);
  const shown = await anyone.page.locator('main').innerText();
  check(shown.includes('4.6.4-2') && shown.includes(language === 'ja' ? 'JSM-02の条件' : 'conditions of JSM-02'),
    `${language}: 4.6.4-1 the public page says so, with clause and ground`, shown);
  check(!shown.includes(reasons), `${language}: 4.6.4-1 but not the reasons`);
  await at(anyone, 'watch-public');
  await anyone.context.close();
}

const server = await serve();
const browser = await launch();
try {
  for (const [language, width, whole] of [['ja', 1280, false], ['en', 390, false], ['ja', 390, true], ['en', 1280, true]])
    await walk(browser, server, language, width, whole);
} catch (problem) {
  check(false, 'the road is walked to its end', problem.stack);
} finally {
  await browser.close();
  server.stop();
}
end();
