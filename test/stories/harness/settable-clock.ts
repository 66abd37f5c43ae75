import { openBoard } from '../../crash/board.ts';

/**
 * Loaded before the program (`node --import`): the program is the one that runs in production, on a machine whose clock a
 * story sets. Only what the clock shows is moved; time passes as it does.
 */
const board = openBoard(process.env.CLOCK_BOARD ?? '');
const realNow = Date.now.bind(Date);
Date.now = () => realNow() + board.offset.read();
