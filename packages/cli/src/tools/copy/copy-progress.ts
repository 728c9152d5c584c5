import { StatusLine } from '../../test-run/status-line.ts';

export interface CopyProgressOptions {
  readonly stdout: NodeJS.WriteStream;
  readonly stderr: NodeJS.WriteStream;
  readonly verbose: boolean;
}

/** What is shown of a copy: one line at a terminal while it runs, and one sentence at the end. */
export class CopyProgress {
  readonly #options: CopyProgressOptions;
  readonly #line: StatusLine;
  #files = 0;
  #copied = 0;
  #same = 0;
  #bytes = 0;

  constructor(options: CopyProgressOptions) {
    this.#options = options;
    this.#line = new StatusLine(options.stderr);
  }

  start(files: number): void {
    this.#files = files;
  }

  show(what: string, done: number, total: number): void {
    const percent = total === 0 ? 100 : Math.floor((done / total) * 100);
    this.#line.show(`${this.#copied + this.#same + 1}/${this.#files} ${percent} % ${what}`);
  }

  copied(what: string, bytes: number): void {
    this.#copied += 1;
    this.#bytes += bytes;
    this.#tell(`cp ${what}`);
  }

  skip(what: string): void {
    this.#same += 1;
    this.#tell(`the same already: ${what}`);
  }

  end(): void {
    this.#line.show('');
    const same = this.#same === 0 ? '' : `, ${this.#same} the same already`;
    const files = this.#copied === 1 ? '1 file' : `${this.#copied} files`;
    this.#options.stdout.write(`${files} copied (${this.#bytes} bytes)${same}.\n`);
  }

  #tell(text: string): void {
    if (!this.#options.verbose) return;
    this.#line.show('');
    this.#options.stdout.write(`${text}\n`);
  }
}
