// What BoGo's runner starts for each case: hands its flags to the process that has the board, and ends as that one says.
import { connect } from 'node:net';

const path = process.env.WIREWRAP_BOGO;
if (path === undefined) {
  process.stderr.write('The relay of wirewrap bogo is started by BoGo only; run `wirewrap bogo`.\n');
  process.exit(2);
}

let answer = '';
const socket = connect(path, () => socket.write(`${JSON.stringify(process.argv.slice(2))}\n`));
socket.setEncoding('utf8');
socket.on('data', (text) => {
  answer += text;
});
socket.on('error', (error) => {
  process.stderr.write(`Wirewrap does not answer at ${path} (${error.code}).\n`);
  process.exitCode = 1;
});
socket.on('end', () => {
  const { exitCode, stderr } = JSON.parse(answer);
  process.stderr.write(stderr);
  process.exitCode = exitCode;
});
