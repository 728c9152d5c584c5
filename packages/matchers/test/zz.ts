import { createPki } from '@wirewrap/certgen';
import { openBoard } from '@wirewrap/repl-driver';
import { BoardNetwork, createTlsLab } from '@wirewrap/tls-lab';
import { startBoardSource } from '../src/board-source/board-source.ts';

const pki = createPki();
const rsa = await pki.certificate('good', { key: 'rsa-2048' });
for (const url of process.argv.slice(2)) {
  console.log('=====', url);
  await using source = await startBoardSource(url);
  await using board = await openBoard(source.url);
  let sent = 0;
  board.onTraffic((e) => {
    if (e.direction === 'host') sent += e.bytes.length;
  });
  await using lab = createTlsLab({ board, network: new BoardNetwork(), pki });
  let t = performance.now();
  const mark = (what: string) => {
    console.log(what.padEnd(30), (performance.now() - t).toFixed(0), 'ms', sent, 'bytes sent');
    t = performance.now();
    sent = 0;
  };
  await using server = await lab.server();
  mark('install');
  for (let i = 0; i < 6; i++) {
    const h = await lab.connect(server);
    mark(
      `connect ${h.board.completed} board ${h.board.wrapMs + h.board.steps.reduce((a, s) => a + s.ms, 0)} heap ${h.board.heapBefore}`,
    );
  }
  for (let i = 0; i < 4; i++) {
    const h = await lab.serve();
    mark(`serve ${h.board.completed} ${h.board.wrapMs} heap ${h.board.heapBefore}`);
  }
  const h = await lab.serve({ certificate: rsa });
  mark(`serve rsa ${h.board.completed} ${h.board.wrapMs}`);
  if (h.board.error) console.log(h.story());
  const k = await lab.connect(server, { args: { cert_reqs: { constant: 'CERT_REQUIRED' } } });
  console.log(k.story());
}
