// oracle.mjs: what the judges of others share: numbers made from a seed, and the program that they judge.
// SPDX-License-Identifier: Apache-2.0
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import path from 'node:path';

const TOP = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../..');
export const BUILD = path.resolve(TOP, process.env.BUILD ?? 'build');
export const HERE = path.join(TOP, 'test/advisory');

// The same numbers each time: xorshift32.
export function random_of(seed) {
  let state = seed >>> 0 || 1;
  return below => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    state >>>= 0;
    return state % below;
  };
}

// What the program says of each line.
export function say(kind, lines) {
  const done = spawnSync(path.join(BUILD, 'test/advisory/advisory_say'), [kind],
    { input: lines.join('\n') + '\n', maxBuffer: 1 << 30 });
  const said = done.stdout.toString().trimEnd().split('\n').filter(one => one).map(one => JSON.parse(one));
  if (done.status !== 0 || said.length !== lines.length)
    throw new Error(`advisory_say ${kind}: ${said.length} answers to ${lines.length} lines\n${done.stderr}`);
  return said;
}
