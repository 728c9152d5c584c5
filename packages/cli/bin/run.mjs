#!/usr/bin/env node
// `node packages/cli/bin/run.mjs FILE ARGS`: runs one of this repository's TypeScript programs on any Node that can.
import { pathToFileURL } from 'node:url';
import { launch } from './launch.mjs';

var file = process.argv[2];
if (!file) {
  console.error('run: name a TypeScript file, such as scripts/bench/main.ts.');
  process.exit(2);
}
// The program finds its own arguments where they would be had it been started itself.
process.argv.splice(1, 2, file);
launch(pathToFileURL(file));
