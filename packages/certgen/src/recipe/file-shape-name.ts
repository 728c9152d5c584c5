/** The ways in which files on disk go wrong, or merely differ; made by `files/file-shapes.ts`. */
export const FILE_SHAPE_NAMES = [
  'crlf',
  'text-before',
  'text-after',
  'no-final-newline',
  'byte-order-mark',
  'one-line',
  'key-and-certificate',
  'certificate-and-key',
  'chain-reversed',
  'pkcs1',
  'sec1',
  'ec-parameters',
  'encrypted',
  'pkcs12',
  'truncated-certificate',
  'truncated-key',
  'empty-certificate',
  'empty-key',
  'key-as-certificate',
  'certificate-as-key',
  'broken-second-block',
] as const;

/** A shape in which a key or certificate is given to a board. */
export type FileShapeName = (typeof FILE_SHAPE_NAMES)[number];
