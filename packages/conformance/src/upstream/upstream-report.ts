import type { ProfileName } from '@wirewrap/certgen';
import type { FaultName, PeerApplication } from '@wirewrap/tls-lab';
import type { SourceLine } from '../source-line.ts';

/** The host's end of a reproduction: a server that the board connects to, or a client that connects to the board. */
export type ReportPeer =
  | {
      readonly role: 'server';
      readonly profile: ProfileName;
      readonly faults?: readonly FaultName[];
      /** Default `echo`. */
      readonly application?: PeerApplication;
      /** True: the board trusts a root that did not sign the server's certificate. Default false. */
      readonly strangerTrusted?: boolean;
      /** How to start one without Wirewrap. */
      readonly byHand: string;
    }
  | { readonly role: 'client'; readonly byHand: string };

/** What shows that the firmware has it: a line of the program, a crash, or what the host saw on the wire. */
export type ReportSign = { readonly prints: string } | { readonly crashes: true } | { readonly closeNotify: false };

/** What a maintainer of MicroPython needs to act on a finding. */
export interface UpstreamReport {
  /** Id of the finding; the program is `programs/ID.py`. */
  readonly finding: string;
  readonly peer: ReportPeer;
  readonly sign: ReportSign;
  readonly sources: readonly SourceLine[];
  readonly proposal: string;
  /** Issues and pull requests of micropython/micropython that know of it. */
  readonly reported: readonly number[];
}
