import { expect, test } from 'vitest';
import { FrameFiles } from './frame-files.ts';

const session = (folder: string, line: number) => {
  const files = new FrameFiles();
  return [
    { file: `${folder}/one.ts`, line },
    { file: `${folder}/two.ts`, line },
    { file: `${folder}/one.ts`, line },
  ].map((place) => files.tag(place));
};

test('names on the board do not tell where the code stands: a recorded session is replayed in another folder, lines moved', () => {
  expect(session('/home/me/suite', 3)).toEqual(session('/builds/7/suite', 14));
  expect(new Set(session('/suite', 3)).size).toBe(2);
});
