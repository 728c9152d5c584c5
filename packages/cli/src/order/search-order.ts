import { findNeeded } from './find-needed.ts';
import { ORDER_SCHEMA, type OrderResult, type OrderVerdict } from './order-result.ts';
import type { OrderedCase, RunOrder } from './ordered-case.ts';
import { type Shown, showsSame } from './shown.ts';

export interface SearchOptions {
  /** How often the case is run where what it shows has to repeat. At least 1. */
  readonly count: number;
  /** Called with a line for each run: what ran before, and what the case showed. */
  readonly write: (line: string) => void;
}

/** Some of what ran before, in one order. */
interface Reach {
  readonly order: RunOrder;
  readonly kept: readonly string[];
  readonly called: string;
}

/**
 * Asks the case alone, then after the cases of its own suite, then after all others, in each order, until it shows something
 * else; then finds the fewest of them that must run before. What was found is asked again, and so is the case alone.
 */
export async function searchOrder(ordered: OrderedCase, options: SearchOptions): Promise<OrderResult> {
  return await new OrderSearch(ordered, options).run();
}

class OrderSearch {
  readonly #ordered: OrderedCase;
  readonly #count: number;
  readonly #write: (line: string) => void;
  readonly #alone: Shown[] = [];
  readonly #together: Shown[] = [];
  readonly #neither: Shown[] = [];
  #runs = 0;

  constructor(ordered: OrderedCase, { count, write }: SearchOptions) {
    this.#ordered = ordered;
    this.#count = count;
    this.#write = write;
  }

  async run(): Promise<OrderResult> {
    const { name, orders } = this.#ordered;
    for (let run = 0; run < this.#count; run += 1) await this.#askAlone(orders[0] as RunOrder);
    if (!allSame(this.#alone)) return this.#end('intermittent', `alone it shows ${differing(this.#alone)}`);
    const reach = await this.#firstOther();
    if (reach === null) return this.#end('independent', null);
    for (let run = 1; run < this.#count; run += 1) await this.#askTogether(reach, reach.called);
    if (!allSame(this.#together))
      return this.#end('not-repeated', `${reach.called} it shows ${differing(this.#together)}`);
    const needed = await findNeeded(reach.kept, (kept) => this.#showsIt(reach, kept));
    if (needed === null) return this.#end('not-repeated', `after fewer cases ${name} shows what it shows alone`);
    for (let run = 1; run < this.#count; run += 1) await this.#askTogether({ ...reach, kept: needed }, listed(needed));
    if (!allSame(this.#together))
      return this.#end('not-repeated', `${listed(needed)} it shows ${differing(this.#together)}`);
    await this.#askAlone(reach.order);
    if (allSame(this.#alone)) return { ...this.#end('found', null), after: needed, order: reach.order.called };
    const left = `what ${needed.join(' and ')} left is still on the board after a reset`;
    const also = showsSame(this.#alone.at(-1) as Shown, this.#together[0] as Shown) ? `: ${left}, or it is chance` : '';
    return this.#end('not-repeated', `after the search it shows ${said(this.#alone.at(-1))} alone${also}`);
  }

  /** The first part of what runs before after which the case shows something else than alone. */
  async #firstOther(): Promise<Reach | null> {
    const tried = new Set<string>();
    for await (const reach of this.#reaches()) {
      const key = reach.kept.join('\n');
      if (reach.kept.length === 0 || tried.has(key)) continue;
      tried.add(key);
      const shown = await this.#ask(reach.order, reach.kept, reach.called);
      if (showsSame(shown, this.#alone[0] as Shown)) continue;
      this.#together.push(shown);
      return reach;
    }
    return null;
  }

  /** What is near costs little, and a board is reset between suites: it comes first. */
  async *#reaches(): AsyncGenerator<Reach> {
    const { group, orders } = this.#ordered;
    for (const order of orders) {
      const near = (await order.before()).filter((each) => each.near).map(({ name }) => name);
      yield { order, kept: near, called: `after the ${near.length} before it in its ${group}, in ${order.called}` };
    }
    for (const order of orders) {
      const all = (await order.before()).map(({ name }) => name);
      yield { order, kept: all, called: `after all ${all.length} before it, in ${order.called}` };
    }
  }

  async #showsIt({ order }: Reach, kept: readonly string[]): Promise<boolean> {
    const shown = await this.#ask(order, kept, kept.length > 3 ? `after ${kept.length} of them` : listed(kept));
    const [alone, together] = [this.#alone[0] as Shown, this.#together[0] as Shown];
    if (showsSame(shown, together)) return true;
    if (!showsSame(shown, alone)) this.#neither.push(shown);
    return false;
  }

  async #askAlone(order: RunOrder): Promise<void> {
    this.#alone.push(await this.#ask(order, [], 'alone'));
  }

  async #askTogether({ order, kept }: Reach, called: string): Promise<void> {
    this.#together.push(await this.#ask(order, kept, called));
  }

  async #ask(order: RunOrder, kept: readonly string[], called: string): Promise<Shown> {
    this.#runs += 1;
    const shown = await order.ask(kept);
    this.#write(`  ${called}: ${said(shown)}\n`);
    return shown;
  }

  #end(verdict: OrderVerdict, why: string | null): OrderResult {
    return {
      schema: ORDER_SCHEMA,
      case: this.#ordered.name,
      ...{ verdict, order: null, after: [], why },
      alone: this.#alone,
      together: this.#together,
      neither: this.#neither,
      runs: this.#runs,
    };
  }
}

function allSame(shown: readonly Shown[]): boolean {
  return shown.every((each) => showsSame(each, shown[0] as Shown));
}

/** What was shown, each once. */
function differing(shown: readonly Shown[]): string {
  return [...new Set(shown.map(said))].join(', then ');
}

function said(shown: Shown | undefined): string {
  return shown?.text ?? 'nothing';
}

function listed(names: readonly string[]): string {
  return `after ${names.join(' and ')}`;
}
