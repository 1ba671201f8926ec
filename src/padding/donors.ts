import type { Random } from '../random.ts';
import { positionsBy } from './positionsBy.ts';

/** Content of one instance in the frame of another; both are positions among the cases. */
export interface Pair {
  readonly content: number;
  readonly frame: number;
}

/**
 * Who meets whom: every frame draws its own donors, class by class in turn, so that no handful of contents speaks for
 * all. When a frame has met everybody it begins again.
 */
export class Donors {
  /** [n][classes] the instances of each class in this frame's own order, itself left out. */
  private readonly orders: readonly (readonly Int32Array[])[];
  private readonly met: number[][];

  constructor(labels: readonly number[], random: Random) {
    const classes = [...positionsBy(labels).entries()]
      .sort(([a], [b]) => a - b)
      .map(([, members]) => members);
    this.orders = labels.map((_, frame) =>
      classes.map((members) => {
        const own = members.indexOf(frame);
        const order = random.permutation(own < 0 ? members.length : members.length - 1);
        // In place: of some thousand instances these are as many lists of as many.
        for (const [k, at] of order.entries()) order[k] = members[own >= 0 && at >= own ? at + 1 : at]!;
        return order;
      }),
    );
    this.met = labels.map(() => classes.map(() => 0));
  }

  /** The next `each` donors per frame, as evenly over the classes as it goes. */
  next(each: number): Pair[] {
    return this.orders.flatMap((orders, frame) => {
      const met = this.met[frame]!;
      const pairs: Pair[] = [];
      while (pairs.length < each) {
        const cls = leastMet(met, orders);
        if (cls < 0) break;
        const order = orders[cls]!;
        pairs.push({ frame, content: order[met[cls]! % order.length]! });
        met[cls]!++;
      }
      return pairs;
    });
  }
}

/** The class whose members were met least often, each in proportion to how many there are once all were met. */
function leastMet(met: readonly number[], orders: readonly Int32Array[]): number {
  let least = -1;
  const turn = (cls: number) => Math.floor(met[cls]! / orders[cls]!.length);
  orders.forEach((order, cls) => {
    if (order.length === 0) return;
    if (least < 0 || turn(cls) < turn(least) || (turn(cls) === turn(least) && met[cls]! < met[least]!))
      least = cls;
  });
  return least;
}
