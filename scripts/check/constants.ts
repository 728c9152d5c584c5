import { placesOf, type SourceFile } from './source-files.ts';

/** A number, text, pattern, list or set that is fixed when it is written, under a name in camel case. */
const FIXED = /^(?:export )?const [a-z]\w*(?:: [^=\n]+)? = (?:-?\d|['"`/]|\[|new (?:Set|Map)(?:<[^>\n]*>)?\((?!\)))/gm;

/** A function under a name in capitals. */
const SHOUTED =
  /^(?:export )?const [A-Z][A-Z0-9_]*(?:: [^=\n]+)? = (?:async )?(?:function\b|\([^()\n]*\)(?:: [^=\n]+)? =>|\w+ =>)/gm;

/**
 * Constants of a module that are spelt against the house's style: what is fixed when it is written is `UPPER_CASE`, what
 * runs or changes (functions, commands, clocks, caches) is `camelCase`. Names in the place of enums are like their type.
 */
export function misspeltConstants(file: SourceFile): string[] {
  return [
    ...placesOf(file, FIXED).map((place) => `${place} names a fixed value in camelCase; write it in UPPER_CASE.`),
    ...placesOf(file, SHOUTED).map((place) => `${place} names a function in UPPER_CASE; write it in camelCase.`),
  ];
}
