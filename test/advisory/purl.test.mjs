// purl.test.mjs: package URLs against packageurl-js: what it takes, we take alike; what we write, it reads the same.
// SPDX-License-Identifier: Apache-2.0
import { PackageURL } from 'packageurl-js';
import { check, end } from '../web-browser/browser.mjs';
import { random_of, say } from './oracle.mjs';

const plain = [
  'pkg:npm/foobar@12.3.1', 'pkg:npm/%40Angular/Animation@12.3.1', 'pkg:NPM/Foo', 'pkg:pypi/Django_Package@1.11.1.dev1',
  'pkg:deb/Debian/Curl@7.50.3-1?arch=i386&distro=jessie', 'pkg:github/Package-Url/Purl-Spec@244fd47e07d1004f0aed9c#everybody/loves/dogs',
  'pkg:maven/org.apache.xmlgraphics/batik-anim@1.9.1?packaging=sources', 'pkg:gem/ruby-advisory-db-check@0.12.4', 'pkg:rpm/Fedora/curl@7.50.3-1.fc25?arch=i386',
  'pkg:generic/openssl@1.1.10g?download_url=https%3A%2F%2Fopenssl.example%2Fopenssl.tar.gz&checksum=sha256%3Ade4d501267da', 'pkg://npm/a', 'pkg:npm//a//b@1',
  'pkg:golang/google.golang.org/genproto#googleapis/api/annotations', 'pkg:golang/GitHub.com/Foo/Bar@v1.2.3', 'pkg:oci/Debian@sha256%3A244fd47e07d10?repository_url=ghcr.io',
  'pkg:hex/Acme/Foo@2.3', 'pkg:pub/char-acters@1.2.0', 'pkg:huggingface/distilbert@043235D6088ECD3DD5FB', 'pkg:composer/Guzzlehttp/Promises@2.0.2', 'pkg:bitnami/WordPress@6.2.0?arch=arm64',
  'pkg:cran/A3@1.0.0', 'pkg:swift/github.com/Alamofire/Alamofire@5.4.3', 'pkg:alpm/Arch/Pacman@6.0.1-1?arch=x86_64', 'pkg:luarocks/hisham/Luafilesystem@1.8.0-1', 'pkg:qpkg/BlackBerry/com.qnx.sdp@7.0',
  'pkg:generic/name%20with%20blank@1%2B2', 'pkg:npm/a@1?Z=1&a=2', 'pkg:npm/a@1#./b/../c//d', 'pkg:generic/日本@1', 'pkg:generic/%E6%98%9F@%E6%9C%88'];
const broken = ['npm/a', 'pkg:npm', 'pkg:npm/', 'pkg:/', 'pkg:1a/b', 'pkg:n_m/b', 'pkg:maven/a', 'pkg:cran/a', 'pkg:swift/a@1', 'pkg:oci/x/y', 'pkg:npm/%zz', 'pkg:npm/a?1a=b'];

function theirs(text) {
  try {
    const { type, namespace, name, version, qualifiers, subpath } = PackageURL.fromString(text);
    return { type, namespace: namespace ?? '', name, version: version ?? '', subpath: subpath ?? '', qualifiers: { ...qualifiers } };
  } catch {
    return null;
  }
}

const same = (a, b) => ['type', 'namespace', 'name', 'version', 'subpath'].every(part => a[part] === b[part]) &&
  JSON.stringify(Object.entries(a.qualifiers).sort()) === JSON.stringify(Object.entries(b.qualifiers).sort());

const random = random_of(4);
const types = ['npm', 'pypi', 'deb', 'generic', 'github', 'cargo', 'nuget', 'rpm', 'hex', 'composer'];
const letters = 'abcXYZ019-._~日é ';
const text = n => Array.from({ length: 1 + random(n) }, () => [...letters][random([...letters].length)]).join('').trim().replace(/^\.+$/, 'x') || 'x';
const made = Array.from({ length: 3000 }, () => `pkg:${types[random(types.length)]}/` +
  (random(2) ? `${encodeURIComponent(text(8))}/` : '') + encodeURIComponent(text(10)) + (random(2) ? `@${encodeURIComponent(text(6))}` : '') +
  (random(3) ? '' : `?a=${encodeURIComponent(text(5))}&b.c=${encodeURIComponent(text(5))}`) + (random(4) ? '' : `#${encodeURIComponent(text(5))}/x`));

const all = [...plain, ...made], said = say('purl', all);
const wrong = [], rewritten = [];
all.forEach((one, i) => {
  const wanted = theirs(one);
  if (!wanted || said[i].fault || !same(said[i], wanted))
    wrong.push(`${one}: ${JSON.stringify(said[i])} here, ${JSON.stringify(wanted)} there`);
  else if (!same(theirs(said[i].printed) ?? { qualifiers: {} }, wanted))
    rewritten.push(`${one}: written as ${said[i].printed}`);
});
check(wrong.length === 0, `${all.length} package URLs are read as packageurl-js reads them`, `${wrong.length} differ`, ...wrong.slice(0, 8));
check(rewritten.length === 0, 'each is written so that packageurl-js reads the same', `${rewritten.length} differ`, ...rewritten.slice(0, 8));
const again = say('purl', said.filter(one => !one.fault).map(one => one.printed));
check(again.every(one => !one.fault), 'what is written is read again');
const refused = say('purl', broken);
check(broken.every((one, i) => theirs(one) === null && refused[i].fault === 'malformed-purl'), 'what packageurl-js refuses is refused',
  ...broken.filter((one, i) => theirs(one) !== null || !refused[i].fault));
end();
