/**
 * Answers recorded requests as Django did, from memory and at once, so that what a call costs the
 * gateway can be told from what it costs Django. A request that nobody recorded gets 404.
 * Usage: node replay-server.mjs RECORDING_FILE
 */
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';

const exchanges = JSON.parse(readFileSync(process.argv[2] ?? '', 'utf8'));

const answers = new Map(
  exchanges.map(({ method, path, status, answerHeaders, answer }) => {
    const bytes = Buffer.from(answer, 'base64');
    const headers = [...answerHeaders, ['content-length', String(bytes.length)]].flat();
    return [`${method} ${path}`, { status, headers, bytes }];
  }),
);

const server = createServer((request, response) => {
  request.resume();
  request.on('end', () => {
    const found = answers.get(`${request.method} ${request.url}`);
    if (found === undefined) {
      process.stderr.write(`not recorded: ${request.method} ${request.url}\n`);
      response.writeHead(404).end();
      return;
    }
    response.writeHead(found.status, found.headers).end(found.bytes);
  });
});
server.keepAliveTimeout = 60_000;

server.listen(0, '127.0.0.1', () =>
  process.stderr.write(`listening on http://127.0.0.1:${server.address().port}/\n`),
);
process.on('SIGTERM', () => process.exit(0));
