// samples.test.mjs: the samples that the readers are tried on are what they claim to be: judged by the CSAF validator
// and CycloneDX's own, so that the readers are not fitted to forms of our own making.
// SPDX-License-Identifier: Apache-2.0
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { Spec, Validation } from '@cyclonedx/cyclonedx-library';
import validate from '@secvisogram/csaf-validator-lib/validate.js';
import * as mandatory from '@secvisogram/csaf-validator-lib/mandatoryTests.js';
import * as schema from '@secvisogram/csaf-validator-lib/schemaTests.js';
import { check, end } from '../web-browser/browser.mjs';
import { HERE } from './oracle.mjs';

const sample = name => readFileSync(path.join(HERE, 'samples', name), 'utf8');

for (const name of ['csaf.json', 'vex.json']) {
  const said = await validate([...Object.values(schema), ...Object.values(mandatory)], JSON.parse(sample(name)));
  check(said.isValid, `${name} is valid CSAF 2.0 (schema and mandatory tests)`,
    ...said.tests.filter(one => !one.isValid).map(one => JSON.stringify(one)));
}
for (const version of ['1.2', '1.3', '1.4', '1.5', '1.6']) {
  const judge = new Validation.JsonStrictValidator(Spec.Version[`v1dot${version[2]}`]);
  const said = await judge.validate(sample(`cyclonedx-${version}.json`));
  check(said === null, `cyclonedx-${version}.json is valid CycloneDX ${version}`, JSON.stringify(said, null, 1));
}
const broken = await new Validation.JsonStrictValidator(Spec.Version.v1dot5).validate(sample('cyclonedx-1.5.json').replace('"library"', '"thing"'));
check(broken !== null, 'an enumeration that is wrong would be found out');
end();
