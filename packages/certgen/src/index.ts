export type { CertificateBundle, CertificateFile } from './certificate-bundle.ts';
export type { CertificateRequest } from './certificate-request.ts';
export type { Clock } from './clock.ts';
export { createPki, defaultHost, type PkiOptions } from './create-pki.ts';
export { CertgenError, type CertgenErrorCode } from './errors.ts';
export { explainProfile, listProfiles } from './explain-profile.ts';
export { filePassword } from './files/file-password.ts';
export { type KeyKind, keyKinds } from './keys/key-kind.ts';
export { nearWords } from './near-words.ts';
export { derOf, type PemLabel, toPem } from './pem.ts';
export type { Pki } from './pki.ts';
export { type DraftChange, ProfileBuilder } from './profile-builder.ts';
export { findProfile } from './profiles/find-profile.ts';
export { type ProfileName, profiles } from './profiles/index.ts';
export { type ServerCase, serverCases } from './profiles/server-cases.ts';
export { type BendName, bendNames } from './recipe/bend-name.ts';
export type { AltName, CertificateDraft, Recipe, RecipeEntry, RevocationDraft } from './recipe/certificate-draft.ts';
export type {
  CertificateProfile,
  MbedtlsFlag,
  MbedtlsVerdict,
  OpensslSays,
  OpensslVerdict,
  ProfileGroup,
  TableProfile,
} from './recipe/certificate-profile.ts';
export { type FileShapeName, fileShapeNames } from './recipe/file-shape-name.ts';
export { type NameAttributeType, nameAttributeTypes } from './recipe/name-attribute-type.ts';
export { RecipeContext } from './recipe/recipe-context.ts';
export { type WriteOptions, type WrittenCertificates, writeCertificates } from './write-certificates.ts';
