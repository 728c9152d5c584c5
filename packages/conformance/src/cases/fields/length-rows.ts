import { ExtensionType } from '@wirewrap/tls-lab';
import { longer, sixteen, vector } from '../raw/server-messages.ts';
import type { HelloExtension, HelloRow } from './hello-row.ts';
import { P256, p256Share } from './hello-row.ts';

const DECODE =
  'a length that does not fit is answered with decode_error (RFC 5246 section 7.2.2, RFC 8446 section 6.2)';
const BOTH = ['TLSv1.2', 'TLSv1.3'] as const;
const SIGNATURES = Buffer.from([0, 4, 4, 3, 5, 3]);

/** A list whose own length says one byte more than there are. */
const longList = (width: 1 | 2, ...parts: readonly Uint8Array[]): Buffer => longer(vector(width, ...parts), width);

interface LongField {
  readonly name: string;
  readonly does: string;
  readonly versions: readonly HelloRow['version'][];
  readonly extension: () => HelloExtension;
}

const extension = (
  name: string,
  versions: LongField['versions'],
  type: number,
  data: Uint8Array = Buffer.alloc(0),
): LongField => ({
  name: `${name}-extension`,
  does: `Its last extension, ${name}, says one byte more than there are.`,
  versions,
  extension: () => ({ type, data, long: 1 }),
});

const FIELDS: readonly LongField[] = [
  extension('point-formats', ['TLSv1.2'], ExtensionType.ec_point_formats, Buffer.from([1, 0])),
  extension('encrypt-then-mac', BOTH, ExtensionType.encrypt_then_mac),
  extension('extended-master-secret', BOTH, ExtensionType.extended_master_secret),
  extension('padding', BOTH, ExtensionType.padding, Buffer.alloc(16)),
  extension('renegotiation-info', BOTH, ExtensionType.renegotiation_info, Buffer.from([0])),
  extension('signature-algorithms', BOTH, ExtensionType.signature_algorithms, SIGNATURES),
  extension('supported-versions', ['TLSv1.3'], ExtensionType.supported_versions, Buffer.from([2, 3, 4])),
  {
    name: 'point-formats-list',
    does: 'The list in its extension of point formats says one byte more than there are.',
    versions: ['TLSv1.2'],
    extension: () => ({ type: ExtensionType.ec_point_formats, data: longList(1, Buffer.from([0])) }),
  },
  {
    name: 'renegotiation-info-list',
    does: 'The renegotiated connection in its extension renegotiation_info says one byte and there is none.',
    versions: ['TLSv1.2'],
    extension: () => ({ type: ExtensionType.renegotiation_info, data: longList(1) }),
  },
  {
    name: 'signature-algorithms-list',
    does: 'The list in its extension of signature algorithms says one byte more than there are.',
    versions: BOTH,
    extension: () => ({ type: ExtensionType.signature_algorithms, data: longList(2, SIGNATURES.subarray(2)) }),
  },
  {
    name: 'supported-versions-list',
    does: 'The list in its extension of versions says one byte more than there are.',
    versions: ['TLSv1.3'],
    extension: () => ({ type: ExtensionType.supported_versions, data: longList(1, sixteen(0x0304)) }),
  },
  {
    name: 'key-share-list',
    does: 'The list in its extension of key shares says one byte more than there are.',
    versions: ['TLSv1.3'],
    extension: () => ({
      type: ExtensionType.key_share,
      data: longList(2, Buffer.concat([sixteen(P256), vector(2, p256Share())])),
    }),
  },
];

const LISTS = [
  { of: 'cipher-suites', what: 'cipher suites' },
  { of: 'compression', what: 'compression methods' },
  { of: 'extensions', what: 'extensions' },
] as const;

/** A ClientHello in which one length is wrong and all else right. */
export const LENGTH_ROWS: readonly HelloRow[] = [
  ...LISTS.flatMap(({ of, what }) =>
    BOTH.map(
      (version): HelloRow => ({
        name: `${of}-length`,
        version,
        does: `The list of its ${what} says one byte more than there are.`,
        careful: 'refuses',
        why: DECODE,
        wrongLength: { of, by: 1 },
      }),
    ),
  ),
  ...FIELDS.flatMap(({ name, does, versions, extension: made }) =>
    versions.map(
      (version): HelloRow => ({
        name: `${name}-length`,
        version,
        does,
        careful: 'refuses',
        why: DECODE,
        extensions: [made()],
      }),
    ),
  ),
];
