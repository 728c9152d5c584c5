/** The contract on the board of the run. The other engines, which need none, are in ../test/contract.test.ts. */
import type { VirtualBoardOptions } from '@wirewrap/virtual-board';
import { inject } from 'vitest';
import type { LineSettings } from '../src/index.ts';
import { contractSuite } from './contract-suite.ts';
import { hardwareEngine, virtualBoardEngine } from './engines/board-engine.ts';

/** What `wirewrap test` hands to its workers, as far as it matters here: a line, or what each worker starts itself. */
interface Place {
  readonly scheme: string;
  readonly options?: VirtualBoardOptions;
}
type Handed = LineSettings & { readonly url: string; readonly startedFrom?: Place };

const handed = inject('wirewrapBoardSettings' as never) as Handed | undefined;
const place: Place | undefined = handed?.startedFrom ?? handed;

contractSuite(
  handed && place?.scheme !== 'virtual' ? hardwareEngine(handed.url, handed) : virtualBoardEngine(place?.options),
);
