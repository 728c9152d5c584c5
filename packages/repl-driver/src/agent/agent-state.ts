/** What the board can unpack, and its free heap when the receiver was installed. */
export interface BoardPacking {
  readonly unpack: '' | 'deflate' | 'uzlib';
  readonly canPack: boolean;
  /** Bytes. */
  readonly freeHeap: number;
}

/** How much of the board's end of transfers is installed, and what it can do once all of it is. */
export interface Receiver {
  readonly parts: number;
  readonly packing: BoardPacking | null;
}

/** The agent that is installed on the board. */
export interface Agent {
  /** Whether the board has CRC-32. */
  readonly checked: boolean;
  /** Whether it stays after short source. */
  readonly stays: boolean;
  /** Whether a global of the program's own bears its name. */
  readonly hidden: boolean;
  /** Whether it compiles a program while it comes; null before that was tried. */
  readonly streams: boolean | null;
  /** Gone with the agent. */
  readonly receiver: Receiver | null;
}

/**
 * Where the board is between two calls: at the raw REPL's prompt, on its way there, or in the agent that stayed.
 * `unread`: something that nobody read may stand at the prompt, because the agent left over it or a program was given input.
 */
export type AgentState =
  | { readonly at: 'prompt'; readonly agent: Agent | null; readonly unread: boolean }
  | {
      readonly at: 'prompt owed';
      readonly agent: Agent;
      readonly unread: boolean;
      /** The end of what was received since the last answer: it may be the start of the prompt. */
      readonly heard: string;
    }
  | {
      readonly at: 'agent';
      readonly agent: Agent;
      readonly unread: boolean;
      readonly heard: string;
      /** For the next line. */
      readonly salt: string;
    };

export const NO_AGENT_YET: AgentState = { at: 'prompt', agent: null, unread: false };
