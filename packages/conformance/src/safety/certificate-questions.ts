import { PROFILES, type ProfileName, type TableProfile } from '@wirewrap/certgen';
import { PRESENTED_PROFILES } from '../cases/profiles.ts';
import { type CarefulReaction, type CaseQuestion, judgeByReaction } from './safety.ts';

interface WrapMode {
  readonly name: string;
  /** How the board's program wraps its socket. */
  readonly program: string;
  /** It was told a trust anchor, so that it can check a chain at all. */
  readonly anchors: boolean;
  /** It was told the name of the host, so that it can check the certificate's names. */
  readonly named: boolean;
  /** The program asked for no checks in so many words. */
  readonly declined?: boolean;
}

/** The ways in which the validation cases wrap, by the middle part of their ids. */
const WRAP_MODES: readonly WrapMode[] = [
  { name: 'default', program: 'default arguments', anchors: false, named: false },
  { name: 'default-named', program: 'server_hostname and nothing else', anchors: false, named: true },
  { name: 'none', program: 'cert_reqs=CERT_NONE', anchors: false, named: false, declined: true },
  {
    name: 'none-named',
    program: 'cert_reqs=CERT_NONE and server_hostname',
    anchors: false,
    named: true,
    declined: true,
  },
  {
    name: 'none-cadata',
    program: 'cert_reqs=CERT_NONE, server_hostname and cadata',
    anchors: true,
    named: true,
    declined: true,
  },
  { name: 'optional', program: 'cert_reqs=CERT_OPTIONAL, server_hostname and cadata', anchors: true, named: true },
  { name: 'optional-bare', program: 'cert_reqs=CERT_OPTIONAL and nothing else', anchors: false, named: false },
  { name: 'required', program: 'cert_reqs=CERT_REQUIRED, server_hostname and cadata', anchors: true, named: true },
  {
    name: 'required-unnamed',
    program: 'cert_reqs=CERT_REQUIRED and cadata, without server_hostname',
    anchors: true,
    named: false,
  },
];

/** Something is odd about these, and careful clients differ on them, or need data that the board has no argument for. */
export const CAREFUL_CLIENTS_DIFFER: readonly ProfileName[] = [
  'expired-root',
  'secp256k1',
  'wildcard-inside-label',
  'cn-only',
  'san-without-dns',
  'cross-signed-expired',
  'intermediate-as-anchor',
  'leaf-as-anchor',
  'intermediates-reversed',
  'any-eku',
  'ca-as-server',
  'no-extensions',
  'must-staple',
  'intermediate-client-eku',
  'revoked',
  'stale-crl',
  'version-1',
  'generalized-time-before-2050',
  'negative-serial',
  'long-serial',
];

const BY_NAME = new Map<string, TableProfile>(PROFILES.map((profile) => [profile.name, profile]));
const DIFFER = new Set<string>(CAREFUL_CLIENTS_DIFFER);

/** What a careful client that can check everything makes of a certificate. */
function reactionTo({ name, refuse }: TableProfile): CarefulReaction {
  if (DIFFER.has(name)) return 'may-do-either';
  return refuse === null ? 'accepts' : 'refuses';
}

function reactionIn({ anchors, named, declined }: WrapMode, certificate: CarefulReaction): CarefulReaction {
  if (declined === true) return 'checks-nothing';
  // With an anchor and no name it can tell that somebody was certified, but not who: a careful client goes no further.
  if (anchors && !named) return 'refuses';
  // Without an anchor there is nothing to check a good certificate against; a bad one shows what the default is worth.
  return !anchors && certificate !== 'refuses' ? 'checks-nothing' : certificate;
}

function sentence(text: string): string {
  return text.endsWith('.') ? text : `${text}.`;
}

function carefulWords(mode: WrapMode, profile: TableProfile): string {
  if (mode.declined === true) return 'Does not ask for CERT_NONE. A client that does accepts whatever is presented.';
  if (mode.anchors && !mode.named)
    return 'Refuses it: without server_hostname it cannot know whose certificate this is.';
  const reaction = reactionTo(profile);
  if (!mode.anchors && reaction !== 'refuses') {
    return 'Has a trust anchor. Without one it cannot tell this certificate from a forged one.';
  }
  if (reaction === 'accepts') return 'Accepts it.';
  const who = profile.refuse === null ? '' : ` ${sentence(profile.refuse)}`;
  return reaction === 'refuses' ? `Refuses it.${who}` : `May refuse or accept it.${who}`;
}

/** The certificate that a server presents and the way in which the board wraps, for every validation case. */
export const CERTIFICATE_QUESTIONS: ReadonlyMap<string, CaseQuestion> = new Map(
  WRAP_MODES.flatMap((mode) =>
    PRESENTED_PROFILES.filter(({ modes }) => modes === undefined || modes.includes(mode.name)).flatMap(
      ({ profile: profileName, name }): [string, CaseQuestion][] => {
        const profile = BY_NAME.get(profileName);
        if (profile === undefined) return [];
        const reaction = reactionIn(mode, reactionTo(profile));
        const question: CaseQuestion = {
          posed: `The board is client and wraps with ${mode.program}. The server presents this certificate: ${sentence(profile.what)}`,
          wrong: profile.wrong === null ? null : sentence(profile.wrong),
          careful: carefulWords(mode, profile),
          judge: (value) => judgeByReaction(reaction, value),
        };
        return [[`client/${mode.name}/${name ?? profileName}`, question]];
      },
    ),
  ),
);
