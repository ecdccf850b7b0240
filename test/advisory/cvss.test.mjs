// cvss.test.mjs: CVSS scores against ae-cvss-calculator: every base vector of v3, many of v4.0 and with all metrics;
// with --all every base vector of v4.0 too (104,976) and ten times as many others.
// SPDX-License-Identifier: Apache-2.0
import calculator from 'ae-cvss-calculator';
import { check, end } from '../web-browser/browser.mjs';
import { random_of, say } from './oracle.mjs';

const METRICS3 = { AV: 'NALP', AC: 'LH', PR: 'NLH', UI: 'NR', S: 'UC', C: 'HLN', I: 'HLN', A: 'HLN' };
const MORE3 = { E: 'XHFPU', RL: 'XUWTO', RC: 'XCRU', CR: 'XHML', IR: 'XHML', AR: 'XHML', MAV: 'XNALP', MAC: 'XLH',
  MPR: 'XNLH', MUI: 'XNR', MS: 'XUC', MC: 'XHLN', MI: 'XHLN', MA: 'XHLN' };
const METRICS4 = { AV: 'NALP', AC: 'LH', AT: 'NP', PR: 'NLH', UI: 'NPA', VC: 'HLN', VI: 'HLN', VA: 'HLN', SC: 'HLN',
  SI: 'HLN', SA: 'HLN' };
const MORE4 = { E: 'XAPU', CR: 'XHML', IR: 'XHML', AR: 'XHML', MAV: 'XNALP', MAC: 'XLH', MAT: 'XNP', MPR: 'XNLH',
  MUI: 'XNPA', MVC: 'XHLN', MVI: 'XHLN', MVA: 'XHLN', MSC: 'XHLN', MSI: 'XSHLN', MSA: 'XSHLN' };

function every(metrics, prefix) {
  return Object.entries(metrics).reduce((made, [name, values]) =>
    made.flatMap(one => [...values].map(value => `${one}/${name}:${value}`)), [prefix]);
}

const random = random_of(20261201);
function some(n, prefix, base, more) {
  return Array.from({ length: n }, () => prefix +
    Object.entries(base).map(([name, values]) => `/${name}:${values[random(values.length)]}`).join('') +
    Object.entries(more).map(([name, values]) => [name, values[random(values.length)]])
      .filter(([, value]) => value !== 'X' || random(2)).map(([name, value]) => `/${name}:${value}`).join(''));
}

const tenths = score => Math.round(score * 10);

function judge(what, Kind, vectors, scores) {
  const said = say('cvss', vectors);
  const wrong = [];
  vectors.forEach((vector, i) => {
    const wanted = scores(new Kind(vector).calculateScores(), vector);
    for (const [layer, score] of Object.entries(wanted))
      if (said[i][layer] !== score)
        wrong.push(`${vector}: ${layer} ${said[i][layer]} here, ${score} there`);
  });
  check(vectors.length > 1000 && wrong.length === 0, `${what}: ${vectors.length} vectors score as the calculator of others says`,
    `${wrong.length} differ`, ...wrong.slice(0, 10));
}

const base = scores => ({ base: tenths(scores.base) });
const all3 = (scores, vector) => ({ base: tenths(scores.base),
  ...(/\/(E|RL|RC):[^X]/.test(vector) ? { temporal: tenths(scores.temporal) } : {}),
  ...(/\/([CIA]R|M[A-Z]+):[^X]/.test(vector) ? { environmental: tenths(scores.environmental) } : {}) });
// The calculator has no threat score where E is not given.
const all4 = scores => ({ base: tenths(scores.baseMetricsOnly), environmental: tenths(scores.overall),
  ...(scores.threat === undefined ? {} : { temporal: tenths(scores.threat) }) });
const all = process.argv.includes('--all'), many = all ? 20000 : 2000;
const base4 = every(METRICS4, 'CVSS:4.0').filter((_, i) => all || i % 29 === 0);

judge('v3.1, base', calculator.Cvss3P1, every(METRICS3, 'CVSS:3.1'), base);
judge('v3.0, base', calculator.Cvss3P0, every(METRICS3, 'CVSS:3.0'), base);
judge('v3.1, all metrics', calculator.Cvss3P1, some(many, 'CVSS:3.1', METRICS3, MORE3), all3);
judge('v3.0, all metrics', calculator.Cvss3P0, some(many, 'CVSS:3.0', METRICS3, MORE3), all3);
judge('v4.0, base', calculator.Cvss4P0, base4, all4);
judge('v4.0, all metrics', calculator.Cvss4P0, some(many, 'CVSS:4.0', METRICS4, MORE4), all4);
judge('v4.0, threat', calculator.Cvss4P0, some(many, 'CVSS:4.0', METRICS4, { E: 'APU' }), all4);
end();
