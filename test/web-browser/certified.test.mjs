// certified.test.mjs: the desk of an Evaluation Facility and the certifier's pages, in both languages, on a
// phone and a desktop, once without script; a report is filed, found fault with, revised and verified.
// SPDX-License-Identifier: Apache-2.0
// test: seconds=600
import { check, end, launch, look, person, serve } from './browser.mjs';

const server = await serve();
const browser = await launch();
// what people of the demonstration typed
const typed = ['手順のとおりであることを確認した。', '試験の現場に立ち会い、', '取扱説明書', 'ページ', '監視カメラ', 'Surveillance camera',
  '見本のための記載', '文書の確認、聞取り、実機の試験を組み合わせて行う。', '試行回数の上限の根拠を示すこと。', '侵入試験の範囲に無線が含まれるか明らかでない。',
  '試験報告書（架空）', '見本', 'Sample', 'desk@kamei.example', 'psirt@kamei.example', 'Retried with a longer run', 'E-01', 'E-02',
  'Inc', 'Kamei Energy', 'Tehon', 'Bousha', 'Control Systems', 'Networks', 'Ltd', 'Co', 'Energy', 'Mina', 'Hyota', 'Atai', '評田', '価', '仮名エナジー株式会社'];

try {
  const people = [{ language: 'ja', width: 390, script: true }, { language: 'en', width: 1280, script: true },
    { language: 'ja', width: 1280, script: false }];
  for (const one of people) {
    const facility = await person(browser, server, { role: 'evaluation-facility', ...one });
    const { page } = facility;
    await page.goto(`${server.url}/requests`);
    await look(facility, 'requests', typed);
    const rows = await page.$$eval('ul.found li', list => list.map(item => [item.querySelector('a').getAttribute('href'), item.querySelector('.badge').dataset.state]));
    const at = state => rows.find(row => row[1] === state)?.[0];
    check(rows.length >= 7, 'the applications that name the facility are there', JSON.stringify(rows));
    check(['awaiting-plan', 'assessing', 'findings'].includes(rows[0][1]), 'its own turn goes first', rows[0][1]);
    check(await page.getByRole('link', { name: one.language === 'ja' ? '申請' : 'Applications', exact: true }).count() === 0, 'a facility has no applications of its own in its menu');
    await page.goto(server.url + at('findings'));
    await look(facility, 'request', typed);
    await page.goto(`${server.url}${at('findings')}/steps/revise-report`);
    await look(facility, 'revise-report', typed);
    check(await page.locator('textarea[name^="finding-answers."]').count() === 2, '4.2.2-2 each finding asks for an answer');
    await page.goto(`${server.url}${at('awaiting-plan')}/steps/file-plan`);
    await look(facility, 'file-plan', typed);
    const certifier = await person(browser, server, { role: 'certifier', ...one });
    await certifier.page.goto(`${server.url}${at('reported')}/steps/verify-report`);
    await look(certifier, 'verify-report', typed);
    check(await certifier.page.locator('th', { hasText: one.language === 'ja' ? '評価機関の結果' : 'Results of the facility' }).count() === 1,
      "4.2.2-2 the facility's results stand beside the applicant's claim");
    check(facility.strangers.length === 0, 'nothing comes from elsewhere, no script fails', ...facility.strangers);
  }

  // the loop by hand, without script
  const facility = await person(browser, server, { role: 'evaluation-facility', language: 'en', width: 1280, script: false });
  const { page } = facility;
  await page.goto(`${server.url}/requests`);
  await page.locator('li:has([data-state="findings"]) a').first().click();
  const case_url = page.url();
  await page.locator('#step-revise-report').click();
  await page.locator('textarea[name="finding-answers.S1.1-04.evidence"]').fill('Retried with a longer run');
  await page.locator('#do').click();
  check((await page.textContent('main')).includes('4.2.2-2'), '4.2.2-2 one answer of two is refused, with the clause');
  await page.goto(`${case_url}/steps/revise-report`);
  for (const area of await page.locator('textarea[name^="finding-answers."]').all())
    await area.fill('Retried with a longer run');
  await page.locator('#do').click();
  await page.goto(case_url);
  check(await page.locator('#state').getAttribute('data-state') === 'reported', 'the revised report is with the certifier');
  check(await page.locator('#rounds ~ details').count() >= 4, '6.4-1 every version is there to look at');

  const certifier = await person(browser, server, { role: 'certifier', language: 'en', width: 1280, script: false });
  await certifier.page.goto(`${case_url}/steps/verify-report`);
  await certifier.page.locator('input[name="outcome"][value="conforms"]').check();
  await certifier.page.locator('input[name="by-procedures"][value="yes"]').check();
  await certifier.page.locator('#fill').click();
  await certifier.page.locator('#do').click();
  await certifier.page.goto(case_url);
  check(await certifier.page.locator('#state').getAttribute('data-state') === 'verified', '4.2.2-2 verified criterion by criterion');
} finally {
  await browser.close();
  server.stop();
}
end();
