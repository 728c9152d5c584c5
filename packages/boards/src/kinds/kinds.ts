import type { BoardKind, StartedBoard, StartOptions } from './board-kind.ts';
import { type EmulatorPlace, emulatorKind } from './emulator.ts';
import { type LabgridPlace, labgridKind } from './labgrid.ts';
import { execKind, type LineOf, replayKind, rfc2217Kind, serialKind, tcpKind, webReplKind } from './line-kinds.ts';
import { type VirtualPlace, virtualKind } from './virtual.ts';

/** What each scheme's URL says. */
interface Places {
  readonly serial: LineOf<'serial'>;
  readonly tcp: LineOf<'tcp'>;
  readonly rfc2217: LineOf<'rfc2217'>;
  readonly ws: LineOf<'ws'>;
  readonly exec: LineOf<'exec'>;
  readonly replay: LineOf<'replay'>;
  readonly virtual: VirtualPlace;
  readonly labgrid: LabgridPlace;
  readonly emu: EmulatorPlace;
}

/** Every kind of board, by the scheme of its URL. */
const KINDS: { readonly [S in keyof Places]: BoardKind<Places[S]> } = {
  serial: serialKind,
  tcp: tcpKind,
  rfc2217: rfc2217Kind,
  ws: webReplKind,
  exec: execKind,
  replay: replayKind,
  virtual: virtualKind,
  labgrid: labgridKind,
  emu: emulatorKind,
};

export type Scheme = keyof Places;

/** Where a board is: what its URL says, one member a scheme. */
export type BoardPlace = Places[Scheme];

/** Reads a board URL; a bare path (`/dev/ttyUSB0`, `COM3`) is a serial port. Fails with `BAD_URL` in one sentence. */
export function parsePlace(url: string): BoardPlace {
  const scheme = /^([A-Za-z][\w+.-]*?)(?=[:?]|$)/.exec(url.trim())?.[1]?.toLowerCase() ?? '';
  // What has no scheme of ours is a port's bare name, or wrong in a way that the sentence of the lines' grammar names.
  return isScheme(scheme) ? KINDS[scheme].parse(url) : KINDS.serial.parse(url);
}

export function labelOf(place: BoardPlace, url: string): string {
  return kindOf(place).label(place, url);
}

/** What two programs cannot use at once; null where there is no such thing. */
export function leaseKeyOf(place: BoardPlace): string | null {
  return kindOf(place).leaseKey(place);
}

export function startPlace(place: BoardPlace, options: StartOptions): Promise<StartedBoard> {
  return kindOf(place).start(place, options);
}

function isScheme(word: string): word is Scheme {
  return Object.hasOwn(KINDS, word);
}

/** The table's row of a place: TypeScript cannot follow that both have the same scheme. */
function kindOf<Place extends BoardPlace>({ scheme }: Place): BoardKind<Place> {
  return KINDS[scheme] as unknown as BoardKind<Place>;
}
