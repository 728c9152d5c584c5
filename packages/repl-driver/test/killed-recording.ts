import { openBoard } from '../src/index.ts';

/** Records a session until somebody kills it: `node killed-recording.ts PORT FILE`. */
const [port = '', record = ''] = process.argv.slice(2);
const board = await openBoard(port, { record });
console.log(await board.exec("print('told to the killed one')"));
setInterval(() => {}, 1_000);
