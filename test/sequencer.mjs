import Sequencer from '@jest/test-sequencer';

/** Files that mostly wait in real time, for processes, leases or the demo. */
const WAITS = /demo\.test|process|network-cut|socket-mode|leases/;

/** Starts what waits first: begun last, it would wait alone, since a new machine knows nothing of how long files take. */
export default class extends Sequencer {
  sort(tests) {
    const waits = ({ path }) => Number(WAITS.test(path));
    return super.sort(tests).toSorted((a, b) => waits(b) - waits(a));
  }
}
