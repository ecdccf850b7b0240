// walk.test.mjs: the whole procedure in Chromium through the portal, from a maker's registration to the
// page that a scan of the label opens: 4.1.1-1, 4.1.2-1, 2.1.3-1, 6.5-1, 6.7-1, A-OP, A-TM, A-MD.
// SPDX-License-Identifier: Apache-2.0
// test: seconds=900 alone
//
// In Japanese and English, at 1280 and 390 px, with and without script; every page that is passed is
// looked at once for each (browser.mjs), and its picture is kept in build/screenshots.
import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { check, end, foreign_words, launch, look, person, serve, top } from './browser.mjs';

const seed = name => JSON.parse(readFileSync(join(top, 'seed', name), 'utf8'));
const tokyo = new Date(Date.now() + 9 * 3600e3);
const day = ahead => new Date(tokyo.getTime() + ahead * 864e5).toISOString().slice(0, 10);
const fee = seed('tariff.json').rows.filter(row => row.from <= day(0)).at(-1).yen;

// What is filled in, by the name of the field.
const FILLED = {
  'product.ja': '見守りカメラ 試験機', 'product.en': 'Care camera, test unit',
  category: 'network-camera', models: 'MH-CAM-001\nMH-CAM-002\nMH-CAM-003', firmware: '1.2.0',
  'contact-name.ja': '見本 花子', 'contact-name.en': 'Hanako Mihon', 'contact-mail': 'desk@mihon.example',
  'contact-phone': '03-0000-0000', 'user-contact.ja': 'みほんお客様窓口', 'user-contact.en': 'Mihon customer desk',
  'user-mail': 'users@mihon.example', 'user-phone': '0120-000-000', 'security-mail': 'security@mihon.example',
  'policy-url': 'https://mihon.example/security', 'product-url': 'https://mihon.example/camera',
  'support-end': day(1200), 'consent-nda': 'given', 'consent-court': 'given',
  outcome: 'conforms', 'fee-kind': 'paid', 'fee-amount': String(fee), 'fee-day': day(0),
};
const EVIDENCE = '試験報告書 3.2', REMARKS = '確認しました。';

const JOINED = { person_ja: '試 見太郎', person_en: 'Kentaro Kokoromi', maker_ja: '株式会社こころみ',
  maker_en: 'Kokoromi Inc.', country: 'JP' };

// Names that people gave: the demonstration's persons, makers, and what this test types.
const TYPED = [...Object.values(FILLED).flatMap(value => value.split('\n')), EVIDENCE, REMARKS,
  ...seed('demo-body.json').people.flatMap(one => [one.ja, one.en]), ...Object.values(seed('demo-body.json').body),
  ...seed('demo-makers.json').makers.flatMap(one => [one.ja, one.en, one.person_ja, one.person_en]),
  ...seed('demo-makers.json').products.flatMap(one => [one.ja, one.en]), '架空の公表元',
  ...Object.values(JOINED), 'manual.txt'].sort((a, b) => b.length - a.length);

// Fills what stands in the form of the page, as a person would: by what it is called.
async function fill(page, values) {
  for (const control of await page.locator('main form input, main form textarea, main form select').all()) {
    const [name, type, tag] = await control.evaluate(e => [e.name, e.type, e.tagName]);
    const value = values[name] ?? (/^checklist\..*\.evidence$/.test(name) ? EVIDENCE : undefined);
    if (type === 'radio') {
      const wanted = values[name] ?? (/^(checklist|results)\..*\.result$/.test(name) ? 'conforms' : undefined);
      if (wanted !== undefined && await control.getAttribute('value') === wanted)
        await control.check({ force: true });
    } else if (value === undefined || type === 'hidden' || type === 'file') {
      continue;
    } else if (type === 'checkbox') {
      await control.check({ force: true });
    } else if (tag === 'SELECT') {
      await control.selectOption(value);
    } else {
      await control.fill(value);
    }
  }
}

// A corporate number that nobody has: twelve digits and the check digit before them.
function corporate_number(digits) {
  const sum = [...digits].reverse().reduce((all, digit, i) => all + Number(digit) * (i % 2 ? 2 : 1), 0);
  return `${9 - sum % 9}${digits}`;
}

const state = page => page.locator('#state').getAttribute('data-state');

async function register(at, walk) {
  const { page } = at;
  await page.goto(walk.server.url + '/?lang=' + at.language);
  await look(at, 'home', TYPED);
  await page.locator('main a[href="/join"]').click();
  await look(at, 'join', TYPED);
  const login = `k.${at.language}.${at.width}@kokoromi.example`, password = 'correct horse battery staple 7';
  const filled = { ...JOINED, login, mail: login, password, again: password,
    corporate_number: corporate_number(`9999${at.language === 'ja' ? 1 : 2}${Date.now() % 1e7}`.padEnd(12, '0')) };
  await fill(page, filled);
  await page.locator('main form button').last().click();
  if (/\/signin/.test(page.url())) {
    await fill(page, { login, password });
    await page.locator('main form button').last().click();
  }
  check(/\/applications/.test(page.url()), `a maker registers and is signed in (${at.language})`, page.url(),
    await page.locator('main').innerText());
}

async function apply(at, walk) {
  const { page } = at;
  if (!/\/applications/.test(page.url()))
    await page.goto(walk.server.url + '/applications');
  await look(at, 'applications', TYPED);
  await page.locator('#new-application').click();
  for (let part = 0; part < 15; part += 1) {
    const section = new URL(page.url()).pathname.split('/').at(-1);
    await look(at, `draft-${section}`, TYPED);
    if (await page.locator('#file-application').count())
      break;
    if (await page.locator('#upload').count()) {
      writeFileSync(join(walk.server.folder, 'manual.txt'), '取扱説明書\n');
      await page.locator('#file').setInputFiles(join(walk.server.folder, 'manual.txt'));
      await page.locator('#upload').click();
      check(await page.locator('main a', { hasText: 'manual.txt' }).count() === 1, `a file is attached (${walk.name})`);
      await page.locator('main a.btn').last().click();
      continue;
    }
    await fill(page, FILLED);
    if (section === 'sbom') { // what is no bill of materials is told at its field, and taken off again
      await page.locator('[name^="sbom."]').first().check();
      await page.locator('#save-next').click();
      check(await page.locator('#e-sbom .msg').count() === 1, `4.8.3-1 a file that is no bill of materials is refused (${walk.name})`,
        await page.locator('main').innerText());
      await look(at, 'draft-sbom-refused', TYPED);
      await page.locator('[name^="sbom."]').first().uncheck();
    }
    if (section === 'product' || section === 'models')
      await look(at, `draft-${section}-filled`, TYPED);
    await page.locator('#save-next').click();
  }
  await page.locator('#file-application').click();
  const filed = await page.locator('#state').count() ? await state(page) : `${page.url()} ${await page.locator('main').innerText()}`;
  check(filed === 'received', `4.1.1-1 the application is filed and received (${walk.name})`, filed);
  walk.case = new URL(page.url()).pathname.split('/')[2];
  await look(at, 'application-received', TYPED);
}

async function take(at, walk, step, after) {
  const { page } = at;
  await page.goto(`${walk.server.url}/cases/${walk.case}`);
  await look(at, `case-before-${step}-${at.role}`, TYPED);
  const button = page.locator(`#step-${step}`);
  if (!check(await button.count() === 1, `${at.role} is offered ${step} (${walk.name})`, await page.locator('main').innerText()))
    return;
  await button.click();
  await look(at, `step-${step}`, TYPED);
  await fill(page, { ...FILLED, remarks: REMARKS, reasons: REMARKS });
  await page.locator('#do').click();
  const said = await page.locator('main').innerText();
  await page.goto(`${walk.server.url}/cases/${walk.case}`);
  const now = await state(page);
  check(now === after, `${step} by ${at.role}: the case is ${after} (${walk.name})`, now, said);
}

async function scan(at, walk) {
  const { page, context } = at;
  const art = page.locator('main img[src*="art"], main img[src*=".svg"], main img[src*=".png"]').first();
  if (!check(await art.count() === 1, `the label page shows the label's art (${walk.name})`, await page.content()))
    return;
  const source = new URL(await art.getAttribute('src'), page.url()).href;
  // The picture as the page shows it, large enough for a camera: 4 pixels a module or more.
  const frame = await context.newPage();
  await frame.setViewportSize({ width: 700, height: 1100 });
  await frame.goto(source);
  const picture = join(walk.server.folder, 'scan.png');
  await frame.screenshot({ path: picture });
  let read = '';
  try {
    read = execFileSync('zbarimg', ['-q', '--raw', picture], { encoding: 'utf8' }).trim();
  } catch (problem) {
    read = String(problem);
  }
  check(new RegExp(`^HTTP://127\\.0\\.0\\.1:\\d+/L/${walk.number}$`).test(read), `zbarimg reads the address from the art (${walk.name})`, read);
  if (/^HTTP:/.test(read)) {
    await frame.goto(read);
    check((await frame.locator('main, body').first().innerText()).includes(walk.number), `what the code says opens the label's page (${walk.name})`);
  }
  await frame.close();
}

const MATRIX = [
  { language: 'ja', width: 1280, script: true, joins: true },
  { language: 'en', width: 390, script: true, joins: true },
  { language: 'ja', width: 390, script: false },
  { language: 'en', width: 1280, script: false },
];

async function one_walk(browser, server, how) {
  const walk = { server, language: how.language, name: `${how.language} ${how.width} px${how.script ? '' : ' no script'}` };
  const people = [];
  const come = async role => {
    const at = await person(browser, server, { role, ...how });
    people.push(at);
    await at.page.goto(`${server.url}/?lang=${how.language}`);
    return at;
  };
  const maker = await come(how.joins ? null : 'applicant');
  if (how.joins)
    await register(maker, walk);
  await apply(maker, walk);

  const clerk = await come('operational-personnel');
  await clerk.page.goto(server.url + '/inbox');
  await look(clerk, 'inbox', TYPED);
  check(await clerk.page.locator(`main a[href*="/cases/${walk.case}"]`).count() > 0, `the case is in the inbox of whose turn it is (${walk.name})`);
  await clerk.page.goto(`${server.url}/cases/${walk.case}`);
  check(await clerk.page.locator('#step-accept').count() === 0, `2.1.3-1 without a declaration nothing is offered to decide (${walk.name})`);
  await clerk.page.goto(`${server.url}/cases/${walk.case}?why=accept`);
  check(await clerk.page.locator('#why a[href*="2.1.3"]').count() > 0, `2.1.3-1 the page says why not, with the clause (${walk.name})`);
  await look(clerk, 'case-why', TYPED);
  await take(clerk, walk, 'declare-no-conflict', 'received');
  await take(clerk, walk, 'accept', 'accepted');
  await take(clerk, walk, 'record-fee', 'fee-settled');
  await take(clerk, walk, 'verify', 'verified');
  await take(clerk, walk, 'draft-label', 'drafted');

  const technical = await come('technical-manager');
  await take(technical, walk, 'declare-no-conflict', 'drafted');
  await take(technical, walk, 'approve-technical', 'approved');
  const director = await come('managing-director');
  await take(director, walk, 'declare-no-conflict', 'approved');
  await take(director, walk, 'issue', 'issued');

  await maker.page.goto(`${server.url}/cases/${walk.case}`);
  await look(maker, 'application-issued', TYPED);
  walk.number = (await maker.page.locator('[data-number=registration-number]').first().innerText()).trim();
  await maker.page.goto(server.url + '/notices');
  await look(maker, 'notices', TYPED);
  await maker.page.goto(server.url + '/account');
  await look(maker, 'account', TYPED);

  const anyone = await come(null);
  const { page } = anyone;
  await page.goto(`${server.url}/L/${walk.number.toLowerCase()}?lang=${how.language}`);
  await look(anyone, 'label', TYPED);
  check((await page.locator('body').innerText()).includes(walk.number), `anyone opens the label's page (${walk.name})`);
  await scan(anyone, walk);
  for (const [name, path] of [['labels', '/labels'], ['clauses', '/clauses'], ['signin', '/signin'], ['nowhere', '/nowhere'],
    ['no-such-label', '/L/HS26-99999-A'], ['home', '/'], ['time', '/demo/time']]) {
    await page.goto(server.url + path + '?lang=' + how.language);
    await look(anyone, name, TYPED);
  }
  for (const [role, path] of [['cases', '/cases'], ['issued', '/issued']]) {
    await clerk.page.goto(server.url + path);
    await look(clerk, role, TYPED);
  }
  const strangers = people.flatMap(at => at.strangers);
  check(strangers.length === 0, `no page asks anyone else for anything, or breaks (${walk.name})`, ...strangers.slice(0, 10));
  for (const at of people)
    await at.context.close();
}

// The check of languages can fail: it finds a word left over, and knows what people typed.
check(foreign_words(['Save the draft', '株式会社みほんの申請'], 'ja', TYPED).length === 1, 'an English word on a Japanese page is found');
check(foreign_words(['Applicant: 株式会社みほん', 'Turn: 申請者'], 'en', TYPED).length === 1, 'a Japanese word on an English page is found');

const server = await serve(), browser = await launch();
try {
  for (const how of MATRIX)
    try {
      await one_walk(browser, server, how);
    } catch (problem) {
      check(false, `the walk in ${how.language} at ${how.width} px comes to its end`, problem.stack);
    }
} finally {
  await browser.close();
  server.stop();
}
end();
