export type { CertificateBundle, CertificateFile } from './certificate-bundle.ts';
export type { CertificateRequest, KeyKind, Pki } from './pki.ts';
