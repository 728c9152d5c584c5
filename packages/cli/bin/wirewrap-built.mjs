#!/usr/bin/env node
// The command of the installed package: what `pnpm build` made of src/.
import { launch } from './launch.mjs';

launch(new URL('../dist/main.js', import.meta.url), 'install it, or run `npx -p node@24 -p wirewrap wirewrap`');
