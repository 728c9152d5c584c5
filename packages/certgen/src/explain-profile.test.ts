import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { explainProfile, listProfiles } from './explain-profile.ts';
import { certificatesReadme } from './files/readme.ts';
import { profiles } from './profiles/index.ts';

test('explains what a profile is and how to see it', () => {
  expect(explainProfile('expired')).toMatchInlineSnapshot();
});

test.for(profiles)('$name is explained in whole words', ({ name, what }) => {
  const text = explainProfile(name, { folder: '/out' });
  expect(text).toContain(what);
  expect(text).toContain(`/out/${name}/leaf.pem`);
  expect(text).not.toMatch(/undefined|null|\[object|x509_vfy/);
});

test('asks for another host in the command, too', () => {
  expect(explainProfile('good', { host: '192.0.2.7' })).toMatch(/--host 192\.0\.2\.7[\s\S]*-verify_ip 192\.0\.2\.7/);
});

test('lists every profile on a line of its own', () => {
  expect(listProfiles().trimEnd().split('\n')).toHaveLength(profiles.length);
});

test('the README in the repository is the one that the command writes', async () => {
  expect(await readFile(new URL('../../../certs/README.md', import.meta.url), 'utf8')).toBe(certificatesReadme());
});
