/** The ways in which files on disk go wrong, or merely differ; made by `files/file-shapes.ts`. */
export const fileShapeNames = [
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

export type FileShapeName = (typeof fileShapeNames)[number];
